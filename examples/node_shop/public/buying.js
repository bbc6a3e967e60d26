// The pages before the payment: the shop and the basket.
import { order, read, tell } from "./api.js";
import { add, change, email, keepEmail, keepOrder, lines } from "./basket.js";
import { PRODUCTS, QUANTITIES, addUp } from "./catalogue.mjs";
import { bug, dollars, draw, heading, language, link, make, note, words } from "./page.js";
import { showPaid } from "./returning.js";

export function showShop() {
  const articles = Object.entries(PRODUCTS).map(([product, { name, price }]) => {
    const button = make("button", { onclick: () => add(product) }, words.add);
    return make("article", {}, make("h2", {}, name[language]), dollars(price), button);
  });
  draw(heading(words.shop), ...articles, make("p", {}, link("/basket", words.view)));
}

/** The basket; its address names an order if the shopper comes from Clover without paying. */
export async function showBasket(query) {
  const left = query.has("order") && (await read(query.get("order")));
  // Clover's page may lead here after a payment too.
  if (left?.status === "paid") return showPaid(left);
  if (left) tell(`/api/orders/${left.number}/left`);
  const notice = query.has("order") ? [note("status", words.left)] : [];
  const basket = lines();
  if (Object.keys(basket).length === 0) return draw(...notice, heading(words.emptyBasket));
  return draw(...notice, heading(words.basket), ...rows(basket), sums(basket), form(basket));
}

function rows(basket) {
  return Object.entries(basket).map(([product, quantity]) => {
    const onchange = (event) => put(product, Number(event.target.value));
    const options = QUANTITIES.map((each) => make("option", { selected: each === quantity }, each));
    const select = make("select", { onchange }, ...options);
    const more = make("button", { onclick: () => put(product, quantity + 1) }, words.another);
    const name = make("h2", {}, PRODUCTS[product].name[language]);
    return make("article", {}, name, make("label", {}, words.quantity, select), more);
  });
}

function put(product, quantity) {
  change(product, Math.min(quantity, QUANTITIES.at(-1)));
  showBasket(new URLSearchParams());
}

function sums(basket) {
  const { tax, total } = addUp(basket);
  const taxes = `${words.tax} ${dollars(tax)}`;
  return make("p", {}, taxes, make("br"), make("strong", {}, `${words.total} ${dollars(total)}`));
}

function form(basket) {
  const field = make("input", {
    type: "email",
    required: true,
    autocomplete: "email",
    value: email(),
    oninput: () => keepEmail(field.value),
  });
  const button = make("button", { id: "buy" }, words.buy);
  const message = note("alert", "");
  message.hidden = true;
  const onsubmit = async (event) => {
    event.preventDefault();
    button.disabled = true;
    button.textContent = words.redirecting;
    const { number, href, message: problem } = await order(basket, field.value, language);
    if (href) {
      keepOrder(number);
      // A window that a script opens after a wait is blocked, or is a second tab.
      return bug === "new-window" ? open(href) : location.assign(href);
    }
    message.textContent = `${words.notOpened}: ${problem}`;
    message.hidden = false;
    button.disabled = false;
    button.textContent = words.buy;
    return undefined;
  };
  return make("form", { onsubmit }, make("label", {}, words.email, field), button, message);
}
