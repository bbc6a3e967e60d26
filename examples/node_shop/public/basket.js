// The basket and the open orders of this browser. They outlive the way to Clover and back.
import { read, tell } from "./api.js";
import { bug } from "./page.js";

const load = (key, none) => JSON.parse(localStorage.getItem(key)) ?? none;
const save = (key, value) => localStorage.setItem(key, JSON.stringify(value));

/** What is in the basket: `{ product: quantity }`. */
export const lines = () => load("basket", {});

/** The numbers of the orders that were not seen paid, oldest first. */
export const openOrders = () => load("orders", []);

/** The address that the shopper typed last: Back may load the page anew. */
export const email = () => load("email", "");
export const keepEmail = (typed) => save("email", typed);

export function add(product) {
  const basket = lines();
  basket[product] ??= 1;
  save("basket", basket);
}

export function change(product, quantity) {
  save("basket", { ...lines(), [product]: quantity });
}

/** Remember an order. The basket stays until it is paid: the shopper may come back before. */
export function keepOrder(number) {
  save("orders", [...new Set([...openOrders(), number])]);
  if (bug === "basket-emptied-early") save("basket", {});
}

/** Take what a paid order holds out of the basket, once; other goods stay in it. */
export function settle({ number, status, basket: bought }) {
  if (status !== "paid") return;
  const isNew = openOrders().includes(number);
  if (isNew || bug === "purchase-counted-again") tell(`/api/orders/${number}/purchases`);
  if (!isNew) return;
  const basket = lines();
  for (const [product, quantity] of Object.entries(bought)) {
    basket[product] -= quantity;
    if (!(basket[product] > 0)) delete basket[product];
  }
  save("basket", basket);
  save("orders", openOrders().filter((each) => each !== number));
}

/** Look at the open orders: one may have been paid in a tab that is closed now. */
export async function settleOpenOrders() {
  for (const order of await Promise.all(openOrders().map(read))) {
    if (order) settle(order);
    if (order && bug === "back-frees-order") await tell(`/api/orders/${order.number}/left`);
  }
}
