"use strict";

const form = document.getElementById("buy");

function show(pending) {
  const button = form.querySelector("button");
  button.disabled = pending;
  button.textContent = pending ? "Redirecting…" : "Buy now";
}

if (form) {
  form.addEventListener("submit", () => show(true));
  // Back restores this page from the back-forward cache, with the button as it was left.
  if (document.body.dataset.bug !== "dead-after-back") {
    window.addEventListener("pageshow", () => show(false));
  }
}
