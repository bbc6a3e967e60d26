"use strict";

// Keeps the list up to date. What the reader has opened, focused or scrolled to stays as it is.
{
  const live = document.getElementById("live");
  const state = document.getElementById("state");
  const served = new Map([...live.children].map((part) => [part.id, part.outerHTML]));

  function keepOpen(old, fresh) {
    for (const details of old.querySelectorAll("details[open]")) {
      const same = fresh.querySelector(`#${CSS.escape(details.id)}`);
      if (same) {
        same.open = true;
      }
    }
  }

  function put(fresh, place) {
    const old = document.getElementById(fresh.id);
    const html = fresh.outerHTML;
    if (old && served.get(fresh.id) === html) {
      return;
    }
    served.set(fresh.id, html);
    if (old) {
      keepOpen(old, fresh);
      old.replaceWith(fresh);
    } else {
      live.insertBefore(fresh, live.children[place] || null);
    }
  }

  function update(parts) {
    const focused = document.activeElement.id;
    const top = (id) => document.getElementById(id)?.getBoundingClientRect().top;
    const read = [...live.children].find((part) => part.getBoundingClientRect().bottom > 0);
    const before = read && live.getBoundingClientRect().top < 0 ? top(read.id) : undefined;
    const ids = new Set(parts.map((part) => part.id));
    for (const gone of [...live.children].filter((part) => !ids.has(part.id))) {
      served.delete(gone.id);
      gone.remove();
    }
    parts.forEach(put);
    if (focused && document.activeElement.id !== focused) {
      document.getElementById(focused)?.focus({ preventScroll: true });
    }
    if (before !== undefined && top(read.id) !== undefined) {
      window.scrollBy({ top: top(read.id) - before, behavior: "instant" });
    }
  }

  function say(text) {
    if (state.textContent !== text) {
      state.textContent = text;
    }
  }

  async function load(address, method) {
    try {
      const answer = await fetch(address, { method });
      if (!answer.ok) {
        throw new Error(`The stand-in answers ${answer.status}.`);
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      update([...page.getElementById("live").children]);
      say("This page updates by itself.");
    } catch (error) {
      const said = error instanceof TypeError ? "The stand-in does not answer." : error.message;
      say(`${said} Below is what it said last.`);
    }
  }

  live.addEventListener("submit", (event) => {
    event.preventDefault();
    load(event.target.action, "POST");
  });

  async function keepUp() {
    if (!document.hidden) {
      await load("/", "GET");
    }
    setTimeout(keepUp, 1000);
  }
  setTimeout(keepUp, 1000);
}
