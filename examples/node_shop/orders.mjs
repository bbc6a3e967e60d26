// The shop's books: orders, and what Clover's webhooks say about them.
import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";

import { createSession } from "./clover.mjs";
import { bug } from "./options.mjs";
import { PRODUCTS, QUANTITIES, addUp } from "./public/catalogue.mjs";

/** A link that ends sooner than this leaves a shopper no time to pay. */
const SHORTEST_LIFE_MS = 120_000;

const orders = new Map();

export const findOrder = (number) => orders.get(number);

/** Whether a request's basket is `{ product: quantity }`, within what the shop sells. */
export function isBasket(basket) {
  const lines = Object.entries(basket ?? {});
  const isSold = ([id, quantity]) => Object.hasOwn(PRODUCTS, id) && QUANTITIES.includes(quantity);
  return lines.length > 0 && lines.every(isSold);
}

/** Return the shopper's order for a basket, with a link to pay it. */
export async function placeOrder(request) {
  // A second click, Back or another try continues the unpaid order: two links could both be paid.
  const order = findUnpaid(request) ?? openOrder(request);
  order.status = "pending";
  order.opening ??= openSession(order).finally(() => {
    order.opening = null;
  });
  await order.opening;
  return { number: order.number, href: order.session.href };
}

function findUnpaid({ shopper, ...wanted }) {
  const isSame = ({ basket, email, language }) =>
    isDeepStrictEqual({ basket, email, language }, wanted);
  return [...orders.values()].find(
    (order) => order.shopper === shopper && order.status !== "paid" && isSame(order),
  );
}

function openOrder(request) {
  const order = {
    ...request,
    number: randomBytes(8).toString("hex"),
    status: "pending",
    total: addUp(request.basket).total,
    payments: [],
    mails: [],
    purchases: 0, // as the shop's statistics count them
    session: null,
    sessions: [], // the ids of all that were opened: an old one can still be paid
    watchers: new Set(),
  };
  orders.set(order.number, order);
  return order;
}

async function openSession(order) {
  if (order.session?.expires - Date.now() > SHORTEST_LIFE_MS) return;
  order.session = await createSession(order);
  order.sessions.push(order.session.id);
}

/** Book what a signed webhook says; false if no order has its session. */
export function book({ id, status, data, checkoutSessionId, message }) {
  const session = checkoutSessionId ?? data;
  const order = [...orders.values()].find(({ sessions }) => sessions.includes(session));
  if (!order) return false;
  const amount = Number(/\d+$/.exec(message)?.[0] ?? order.total); // "Approved for 1890"
  if (status === "APPROVED") bookPayment(order, { id, amount });
  // A decline may arrive late, after another card has paid.
  else if (order.status !== "paid") changeStatus(order, "failed");
  return true;
}

function bookPayment(order, payment) {
  // Clover may send a webhook twice.
  if (order.payments.some(({ id }) => id === payment.id)) return;
  order.payments.push(payment);
  if (payment.amount < order.total) return;
  // A link that was replaced may be paid as well, shortly before it ends.
  const isFirst = order.status !== "paid";
  order.mails.push(isFirst ? "Your order is confirmed" : "We return your second payment");
  changeStatus(order, "paid");
}

/** Note that the shopper left Clover's page; the link can still be paid. */
export function leave(order) {
  if (order.status === "pending") changeStatus(order, "cancelled");
  if (bug === "back-frees-order") order.sessions = [];
}

function changeStatus(order, status) {
  order.status = status;
  for (const tell of order.watchers) tell();
}

/** What an order's page may show; the e-mail address only in the browser that ordered. */
export function describe(order, shopper) {
  const { number, status, payments, basket, mails, purchases, email } = order;
  const total = (order.total / 100).toFixed(2);
  const sessions = order.sessions.length;
  const books = { number, status, total, payments, basket, mails, purchases, sessions };
  return order.shopper === shopper ? { ...books, email } : books;
}
