// What the shop sells, for server and browser alike. Prices are in cents, before tax.
export const PRODUCTS = {
  dry: { name: { en: "Dry cider", fr: "Cidre sec" }, price: 1800 },
  ice: { name: { en: "Ice cider", fr: "Cidre de glace" }, price: 3250 },
};
export const TAX = { name: "GST", percent: 5 };
export const QUANTITIES = [1, 2, 3, 4, 5, 6];

/** Subtotal, tax and total of a basket (`{ product: quantity }`); tax is rounded line by line. */
export function addUp(basket) {
  let subtotal = 0;
  let tax = 0;
  for (const [id, quantity] of Object.entries(basket)) {
    const amount = PRODUCTS[id].price * quantity;
    subtotal += amount;
    tax += Math.floor((amount * TAX.percent + 50) / 100);
  }
  return { subtotal, tax, total: subtotal + tax };
}
