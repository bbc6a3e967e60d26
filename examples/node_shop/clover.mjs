// What the shop says to Clover and hears from it: the create call, and signed webhooks.
import { createHmac, timingSafeEqual } from "node:crypto";

import { bug, clover, origin } from "./options.mjs";
import { PRODUCTS, TAX } from "./public/catalogue.mjs";

const TIMEOUT_MS = 15_000;

/** Clover did not open a session; the message is Clover's own, for the shopper. */
export class Refusal extends Error {}

/** Create a checkout session for an order: `{ id, href, expires }`, `expires` in ms since 1970. */
export async function createSession(order) {
  const answer = await post({
    customer: { email: order.email },
    shoppingCart: { lineItems: lineItems(order) },
    redirectUrls: returnUrls(order),
  });
  const { checkoutSessionId: id, href, expirationTime } = answer;
  if (!href?.startsWith("https://")) throw new Refusal("Clover sent no link");
  return { id, href, expires: readTime(expirationTime) };
}

async function post(body) {
  const response = await fetch(`${clover.api}/invoicingcheckoutservice/v1/checkouts`, {
    method: "POST",
    headers: {
      Accept: "application/json",
      Authorization: `Bearer ${clover.token}`,
      "Content-Type": "application/json",
      "User-Agent": "node-shop-example/1.0",
      "X-Clover-Merchant-Id": clover.merchant,
    },
    body: JSON.stringify(body),
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {
    throw new Refusal("Clover does not answer");
  });
  // An error may come as HTML, or without a body.
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(answer.message ?? `Clover answered ${response.status}`);
  return answer;
}

function lineItems({ basket, language }) {
  return Object.entries(basket).map(([id, quantity]) => ({
    name: PRODUCTS[id].name[language],
    price: PRODUCTS[id].price,
    unitQty: quantity,
    // Clover writes 5 % as 500000. It ignores a tax of the whole cart.
    taxRates: [{ name: TAX.name, rate: TAX.percent * 100_000 }],
  }));
}

/** The pages to come back to. They name the order, because Clover may append nothing. */
function returnUrls({ number, language }) {
  let base = bug === "plain-http" ? origin.replace("https:", "http:") : origin;
  if (language === "fr" && bug !== "language-lost") base += "/fr";
  if (language === "fr" && bug === "language-doubled") base += "/fr";

  const own = `order=${number}${bug === "ampersand-escaped" ? "&amp;" : "&"}via=clover`;
  const urls = {
    success: `${base}/thanks?${own}&session={CHECKOUT_SESSION_ID}`,
    failure: `${base}/failed?${own}&code={ERROR_CODE}`,
    cancel: `${base}/basket?${own}#buy`,
  };
  if (bug === "fragment-encoded") urls.cancel = urls.cancel.replace("#", "%23");
  return urls;
}

/** Clover writes Unix time or one of three texts: `…T…Z`, `…T…+0000`, `…@…+0000`. */
function readTime(time) {
  return typeof time === "number" ? time : Date.parse(String(time).replace("@", "T"));
}

/** Whether a webhook's `Clover-Signature` is of these bytes: `t=<seconds>,v1=<HMAC-SHA256>`. */
export function isSigned(header, body) {
  const { t, v1 } = Object.fromEntries((header ?? "").split(",").map((part) => part.split("=")));
  const due = createHmac("sha256", clover.webhookSecret).update(`${t}.`).update(body).digest();
  const given = Buffer.from(v1 ?? "", "hex");
  return given.length === due.length && timingSafeEqual(given, due);
}
