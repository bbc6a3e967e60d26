// Keeps the app's files for the next visit. Pages and orders always come from the server.
const bug = new URL(location.href).searchParams.get("bug");

const CACHE = "files-1"; // a new number with each new version of a file
const FILES = ["app.js", "api.js", "basket.js", "buying.js", "catalogue.mjs", "page.js"];
FILES.push("returning.js", "style.css", "words.mjs");

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (FILES.includes(pathname.slice(1))) event.respondWith(kept(event.request));
  if (bug === "page-from-cache" && event.request.mode === "navigate" && pathname !== "/") {
    event.respondWith(kept("/index.html")); // was stored with its redirect, which browsers refuse
  }
  if (bug === "order-from-cache" && /^\/api\/orders\/\w+$/.test(pathname)) {
    event.respondWith(kept(event.request));
  }
});

async function fill() {
  await (await caches.open(CACHE)).addAll(FILES.map((name) => `/${name}`));
  await self.skipWaiting();
}

async function kept(request) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(request);
  if (found) return found;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}
