// The calls of the shop's API.

/** An order as the server describes it, or null if it cannot be seen now. */
export async function read(number) {
  try {
    const response = await fetch(`/api/orders/${number}`, { cache: "no-store" });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** Order a basket: `{ number, href }`, or `{ message }` if no checkout could be opened. */
export async function order(basket, email, language) {
  try {
    const body = JSON.stringify({ basket, email, language });
    const response = await fetch("/api/orders", { method: "POST", body });
    return await response.json();
  } catch (error) {
    return { message: error.message };
  }
}

/** Tell the server something that needs no answer. */
export const tell = (path) => fetch(path, { method: "POST", keepalive: true }).catch(() => {});
