// The shop's server: pages, API, webhook and event stream. README.md says how to run it.
import { randomUUID } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { extname } from "node:path";

import { Refusal, isSigned } from "./clover.mjs";
import { bug, certificate, origin, port, scheme } from "./options.mjs";
import { book, describe, findOrder, isBasket, leave, placeOrder } from "./orders.mjs";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
};
const PUBLIC = new URL("public/", import.meta.url);
const files = new Map(
  readdirSync(PUBLIC).map((name) => [name, readFileSync(new URL(name, PUBLIC))]),
);
const index = String(files.get("index.html")).replace("{bug}", bug);

const LANGUAGES = ["en", "fr"];
const LARGEST_BODY = 65_536; // bytes
const ALWAYS = {
  "Cache-Control": "no-cache",
  "Content-Security-Policy": "default-src 'self'; img-src data:",
  "Referrer-Policy": "no-referrer",
};

/** Method and path of each address, and its function; everything else is a page of the app. */
const ROUTES = [
  ["POST", /^\/webhooks\/clover$/, hearClover],
  ["POST", /^\/api\/orders$/, buy],
  ["GET", /^\/api\/orders\/(\w+)$/, showOrder],
  ["GET", /^\/api\/orders\/(\w+)\/events$/, streamEvents],
  ["POST", /^\/api\/orders\/(\w+)\/left$/, noteLeaving],
  ["POST", /^\/api\/orders\/(\w+)\/purchases$/, countPurchase],
  ["GET", /^\/index\.html$/, () => ({ status: 301, headers: { Location: "/" } })],
  ["GET", /^\/([\w-]+\.\w+)$/, showFile],
  ["GET", /^\//, showApp],
];

async function answer(request, response) {
  const url = new URL(request.url, origin);
  for (const [method, pattern, handle] of ROUTES) {
    const found = pattern.exec(url.pathname);
    if (!found || method !== request.method) continue;
    const visit = { request, response, url, shopper: shopperOf(request), key: found[1] };
    return send(response, await handle(visit));
  }
  return send(response, { status: 404 });
}

function send(response, reply) {
  if (!reply) return; // a stream answers by itself
  const { status = 200, headers = {}, body = "" } = reply;
  response.writeHead(status, { ...ALWAYS, ...headers });
  response.end(body);
}

function json(status, value) {
  return { status, headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) };
}

async function read(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > LARGEST_BODY) throw new RangeError("too large");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function shopperOf(request) {
  return /(?:^|; )shopper=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1];
}

/** Every address that is no file is a page: the script in it looks at the address. */
function showApp({ url, shopper }) {
  if (bug === "raw-json" && url.pathname === "/thanks") {
    if (findOrder(url.searchParams.get("order"))?.status !== "paid") return json(408, {});
  }
  const headers = { "Content-Type": TYPES[".html"] };
  if (!shopper) {
    // The way back from Clover begins on another site: a Strict cookie would stay behind, and the
    // shopper would return as a stranger.
    const sameSite = bug === "strict-cookie" ? "Strict" : "Lax";
    const secure = certificate ? "; Secure" : "";
    const rules = `Path=/; HttpOnly; SameSite=${sameSite}${secure}`;
    headers["Set-Cookie"] = `shopper=${randomUUID()}; ${rules}`;
  }
  return { headers, body: index };
}

function showFile({ key }) {
  if (!files.has(key)) return { status: 404 };
  return { headers: { "Content-Type": TYPES[extname(key)] }, body: files.get(key) };
}

async function buy({ request, shopper }) {
  const { basket, email, language } = JSON.parse(await read(request)) ?? {};
  const isKnown = LANGUAGES.includes(language) && /^\S+@\S+$/.test(email);
  if (!shopper || !isBasket(basket) || !isKnown) return json(400, { message: "This is no order" });
  try {
    return json(200, await placeOrder({ shopper, basket, email, language }));
  } catch (error) {
    if (error instanceof Refusal) return json(502, { message: error.message });
    throw error;
  }
}

function showOrder({ key, shopper }) {
  const order = findOrder(key);
  return order ? json(200, describe(order, shopper)) : json(404, { message: "No such order" });
}

/** Tell the page when to look at the order again, for as long as it is open. */
function streamEvents({ key, response }) {
  const order = findOrder(key);
  if (!order) return { status: 404 };
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  response.flushHeaders();
  const tell = () => response.write("data: changed\n\n");
  order.watchers.add(tell);
  response.on("close", () => order.watchers.delete(tell));
  return undefined;
}

function noteLeaving({ key, shopper }) {
  const order = findOrder(key);
  if (!order || order.shopper !== shopper) return { status: 404 };
  leave(order);
  return { status: 204 };
}

function countPurchase({ key, shopper }) {
  const order = findOrder(key);
  if (!order || order.shopper !== shopper) return { status: 404 };
  order.purchases += 1;
  return { status: 204 };
}

/** The only proof of a payment: Clover has no call to read a session. */
async function hearClover({ request }) {
  const body = await read(request);
  if (!isSigned(request.headers["clover-signature"], body)) return { status: 401 };
  return { status: book(JSON.parse(body)) ? 204 : 404 };
}

function serve(request, response) {
  answer(request, response).catch((error) => {
    const isTheirs = error instanceof SyntaxError || error instanceof RangeError;
    if (!isTheirs) console.error(error);
    if (!response.headersSent) send(response, { status: isTheirs ? 400 : 500 });
  });
}

const server = certificate
  ? createSecureServer({ key: certificate, cert: certificate }, serve)
  : createServer(serve);
server.listen(port, "127.0.0.1", () => {
  const address = `${scheme}://localhost:${server.address().port}/`; // port 0 takes a free one
  console.log(`The shop is at ${address} until Ctrl-C.`);
});
