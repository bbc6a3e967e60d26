"use strict";

// The logic of the hosted page. The skin shows it, by an object with:
//   mount(kind, address)  inserts a field's frame
//   setPay(text, enabled) label and state of the Pay button
//   setError(kind, text)  the message of a field; empty removes it
//   setAlert(text)        the banner; empty removes it
//   setNotice(text)       the status line during a redirect
//   offerWayOut(address)  shows the button that leaves after a decline
//   tip()                 the chosen percentage
//   clearsAfterDecline    whether a decline empties the card fields
// With frames the page never sees card data: they send their values to the server and pass a
// token on. The skin without frames sends the same messages to itself.
function startCheckout(config, skin) {
  const kinds = Object.keys(config.frames);
  const fields = {};
  let attempt = crypto.randomUUID();
  let busy = false;
  let again = false;
  const used = config.tabEndsWith && sessionStorage.getItem("used");
  const ended = used && used !== config.tabEndsWith;
  if (config.tabEndsWith) {
    sessionStorage.setItem("used", config.tabEndsWith);
  }

  function total() {
    return config.totals[String(skin.tip())];
  }

  function refresh() {
    const ready = kinds.every((kind) => fields[kind] && fields[kind].valid);
    skin.setPay(busy ? "Processing…" : `Pay ${total()}`, ready && (!busy || config.unguarded) && !config.blocked);
  }

  function post(kind, message) {
    if (fields[kind]) {
      fields[kind].source.postMessage({ ...message, kind }, config.fields);
    }
  }

  window.addEventListener("message", (event) => {
    if (event.origin !== config.fields || typeof event.data !== "object" || event.data === null) {
      return;
    }
    const { kind, type } = event.data;
    if (!kinds.includes(kind)) {
      return;
    }
    if (type === "ready") {
      fields[kind] = { source: event.source, valid: false, waiting: null };
      refresh();
      return;
    }
    const field = fields[kind];
    if (!field || field.source !== event.source) {
      return;
    }
    if (type === "state") {
      field.valid = event.data.valid === true;
      skin.setError(kind, String(event.data.message));
      if (kind === "number") {
        post("cvv", { type: "brand", brand: event.data.brand });
      }
      refresh();
    } else if (type === "token" && field.waiting) {
      field.waiting.resolve(String(event.data.token));
    } else if (type === "failed" && field.waiting) {
      field.waiting.reject(new Error("a field could not be handed in"));
    } else if (type === "enter") {
      pay();
    }
  });

  function tokenOf(kind) {
    const answer = new Promise((resolve, reject) => {
      fields[kind].waiting = { resolve, reject };
      setTimeout(() => reject(new Error("a field does not answer")), config.framesWithinMs);
    });
    post(kind, { type: "hand-in" });
    return answer;
  }

  async function send() {
    const tokens = await Promise.all(kinds.map(tokenOf));
    const payment = {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        key: attempt,
        tip: skin.tip(),
        fields: Object.fromEntries(kinds.map((kind, index) => [kind, tokens[index]])),
      }),
    };
    if (again) {
      fetch(config.pay, payment);
    }
    const answer = await fetch(config.pay, payment);
    if (!answer.ok) {
      throw new Error(`the server answers ${answer.status}`);
    }
    return answer.json();
  }

  function show(answer) {
    attempt = crypto.randomUUID();
    if (answer.moves) {
      skin.setNotice(`Taking you back to ${config.merchant}…`);
      makeMoves(ended ? [] : answer.moves);
      return;
    }
    busy = false;
    for (const [kind, text] of Object.entries(answer.errors || {})) {
      skin.setError(kind, text);
    }
    if ("declined" in answer) {
      skin.setAlert(answer.declined);
      if (answer.giveUp) {
        skin.offerWayOut(answer.giveUp);
      }
      if (skin.clearsAfterDecline) {
        kinds.forEach((kind) => post(kind, { type: "clear" }));
      }
    }
    refresh();
  }

  async function pay() {
    if (busy) {
      again = config.unguarded;
      return;
    }
    if (config.blocked || !kinds.every((kind) => fields[kind] && fields[kind].valid)) {
      return;
    }
    busy = true;
    skin.setAlert("");
    refresh();
    try {
      show(await send());
    } catch {
      busy = false;
      skin.setAlert("Your payment could not be sent. Check your connection and try again.");
      refresh();
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === config.deafTo.key && event.target.matches(config.deafTo.on)) {
      event.preventDefault();
    }
  });

  document.addEventListener("dblclick", (event) => {
    if (config.stopsOnDoubleClick && event.target.matches(".leave")) {
      window.stop();
    }
  });

  // A page restored from the back-forward cache must show the current state of the session.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      location.reload();
    }
  });

  if (config.backCancels) {
    if (!history.state || !history.state.guard) {
      history.pushState({ guard: true }, "");
    }
    window.addEventListener("popstate", () => {
      if (!busy) {
        location.assign(config.cancel);
      }
    });
  }

  setTimeout(() => {
    if (!kinds.every((kind) => fields[kind])) {
      skin.setAlert("Part of the card form did not load. Please reload the page.");
    }
  }, config.framesWithinMs);

  makeMoves(config.onOpen);
  kinds.forEach((kind) => skin.mount(kind, config.frames[kind]));
  refresh();
  return { pay, refresh, total };
}
