// The frame of every page: its language, its addresses, and how it is drawn.
import { WORDS } from "./words.mjs";

export const { bug } = document.documentElement.dataset;
export const language = /^\/fr(\/|$)/.test(location.pathname) ? "fr" : "en";
export const words = WORDS[language];
const prefix = language === "fr" ? "/fr" : "";

/** The path of this page without its language. */
export const path = () => location.pathname.slice(prefix.length) || "/";

export const dollars = (cents) => `$${(cents / 100).toFixed(2)}`;

/** Make an element. Texts become text, never markup, wherever they come from. */
export function make(tag, properties = {}, ...content) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...content);
  return element;
}

export function note(role, text) {
  const element = make("p", {}, text);
  element.setAttribute("role", role);
  return element;
}

export const heading = (text) => make("h1", {}, text);

export function go(to) {
  history.pushState(null, "", prefix + to);
  dispatchEvent(new PopStateEvent("popstate"));
}

export function link(to, text) {
  const onclick = (event) => {
    event.preventDefault();
    go(to);
  };
  return make("a", { href: prefix + to, onclick }, text);
}

export function draw(...content) {
  document.querySelector("main").replaceChildren(...content);
}
