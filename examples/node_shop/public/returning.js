// The pages after the payment. Their address proves nothing: the order says whether it is paid.
import { read } from "./api.js";
import { openOrders, settle } from "./basket.js";
import { bug, draw, go, heading, link, make, note, words } from "./page.js";

const RETRY_MS = 2000;

export async function showThanks() {
  if (bug === "query-dropped") history.replaceState(null, "", location.pathname);
  // The session's id is for nobody's statistics, bookmarks or screenshots.
  const clean = new URL(location.href);
  clean.searchParams.delete("session");
  history.replaceState(null, "", clean);

  let number = clean.searchParams.get("order");
  if (bug === "order-from-storage") number = openOrders().at(-1);
  if (bug === "basket-after-webhook" && !openOrders().includes(number)) return go("/basket");
  return watch(number);
}

/** Show the order, and look again whenever the server says that it has changed. */
function watch(number) {
  const events = new EventSource(`/api/orders/${number}/events`);
  let retry;
  const look = async () => {
    clearTimeout(retry);
    const order = await read(number);
    const isUnseen = !order && bug === "thanks-without-order";
    if (order?.status === "paid" || isUnseen) {
      events.close();
      return showPaid(order);
    }
    if (!order) retry = setTimeout(look, RETRY_MS);
    // A failed or cancelled order is being checked too: the payment that led here is newer.
    const text = order ? words.checking : words.unknown;
    return draw(heading(text), note("status", words.checkingMore));
  };
  events.onmessage = look;
  events.onerror = look;
  // The webhook may have come before this page: look as soon as no event can be missed.
  if (bug !== "event-missed") events.onopen = look;
  draw(heading(words.checking));
}

export function showPaid(order) {
  if (order) settle(order);
  const receipt = order?.email ? [make("p", {}, `${words.receipt} ${order.email}.`)] : [];
  draw(heading(words.thanks), make("p", {}, words.paid), ...receipt, name(order));
}

export async function showFailed(query) {
  const order = await read(query.get("order"));
  // Another card may have paid in the meantime.
  if (order?.status === "paid") return showPaid(order);
  const code = query.get("code");
  // The address is anybody's text: only known codes become words.
  const reason = Object.hasOwn(words.reasons, code) ? words.reasons[code] : words.otherReason;
  const again = link("/basket", words.again);
  return draw(heading(words.notPaid), note("alert", reason), again, name(order));
}

const name = (order) => make("p", {}, order ? `${words.order} ${order.number}` : "");
