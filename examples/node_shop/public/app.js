// The app's start: it finds the page of the address, on arrival, on Back and on a return.
import { settleOpenOrders } from "./basket.js";
import { showBasket, showShop } from "./buying.js";
import { bug, draw, heading, language, make, path, words } from "./page.js";
import { showFailed, showThanks } from "./returning.js";

const PAGES = {
  "/": showShop,
  "/basket": showBasket,
  "/thanks": showThanks,
  "/failed": showFailed,
};
if (bug === "missing-route") delete PAGES["/thanks"];

function isGated() {
  // A page about an order is for somebody who has answered already, perhaps in another browser.
  const isReturn = bug !== "gate-on-return" && new URLSearchParams(location.search).has("order");
  return !isReturn && !document.cookie.includes("adult=yes");
}

function showGate() {
  const onclick = () => {
    document.cookie = "adult=yes; path=/; max-age=31536000; samesite=lax";
    show();
  };
  draw(heading(words.age), make("button", { onclick }, words.yes));
}

function show() {
  if (isGated()) return showGate();
  const page = PAGES[path()];
  if (page) return page(new URLSearchParams(location.search));
  // An unknown page says so: the server answers every address with this app.
  return bug === "missing-route" ? draw() : draw(heading(words.missing));
}

async function start() {
  await settleOpenOrders();
  await show();
}

document.documentElement.lang = language;
addEventListener("popstate", show);
// Back may restore the page as it was left, with a Buy button that says "Redirecting…".
addEventListener("pageshow", (event) => {
  if (event.persisted && bug !== "dead-buy-button") start();
});
navigator.serviceWorker?.register(`/sw.js?bug=${bug}`);
start();
