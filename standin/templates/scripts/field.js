"use strict";

// One card field. It accepts typed and pasted text only: a value set by a script is reverted.
function startField(config, input) {
  const brands = [
    { name: "Amex", starts: /^3[47]/, groups: [4, 6, 5], cvv: 4 },
    { name: "Diners", starts: /^3(0[0-5]|[689])/, groups: [4, 6, 4], cvv: 3 },
    { name: "Visa", starts: /^4/, groups: [4, 4, 4, 4], cvv: 3 },
    { name: "Mastercard", starts: /^(5[1-5]|2[2-7])/, groups: [4, 4, 4, 4], cvv: 3 },
    { name: "Discover", starts: /^(6011|64[4-9]|65)/, groups: [4, 4, 4, 4], cvv: 3 },
    { name: "JCB", starts: /^35/, groups: [4, 4, 4, 4], cvv: 3 },
  ];
  const names = { number: "number", expiry: "expiry", cvv: "CVV", zip: "postal code" };
  let value = "";
  let keyed = false;
  let touched = false;
  let brandOfCard = "";

  const digitsOf = (text) => text.replace(/\D/g, "");
  const brandOf = (digits) => brands.find((brand) => brand.starts.test(digits));

  function luhn(digits) {
    let sum = 0;
    for (let place = 0; place < digits.length; place += 1) {
      const digit = Number(digits[digits.length - 1 - place]) * (place % 2 ? 2 : 1);
      sum += digit > 9 ? digit - 9 : digit;
    }
    return sum % 10 === 0;
  }

  const formats = {
    number(text) {
      const brand = brandOf(digitsOf(text));
      let rest = digitsOf(text);
      const parts = [];
      for (const size of brand ? brand.groups : [4, 4, 4, 4]) {
        if (rest) {
          parts.push(rest.slice(0, size));
          rest = rest.slice(size);
        }
      }
      return parts.join(" ");
    },
    expiry(text, deleting) {
      let digits = digitsOf(text);
      if (/^[2-9]/.test(digits) || /^1\s*\//.test(text)) {
        digits = `0${digits}`;
      }
      digits = digits.slice(0, 4);
      if (digits.length < 2 || (digits.length === 2 && deleting)) {
        return digits;
      }
      return `${digits.slice(0, 2)}/${digits.slice(2)}`;
    },
    cvv: (text) => digitsOf(text).slice(0, 4),
    zip: (text) => text.replace(/[^0-9A-Za-z -]/g, "").toUpperCase().slice(0, 10),
  };

  const checks = {
    number() {
      const digits = digitsOf(value);
      const brand = brandOf(digits);
      const length = brand ? brand.groups.reduce((sum, size) => sum + size) : 16;
      const whole = digits.length >= length;
      return { whole, valid: Boolean(brand) && whole && luhn(digits) };
    },
    expiry() {
      const [month, year] = value.split("/").map(Number);
      const months = (2000 + year) * 12 + month - (config.year * 12 + config.month);
      const whole = value.length === 5;
      return { whole, valid: whole && month >= 1 && month <= 12 && months >= 0 && months <= 240 };
    },
    cvv() {
      const brand = brands.find((each) => each.name === brandOfCard);
      const valid = brand ? value.length === brand.cvv : value.length >= 3;
      return { whole: value.length === 4, valid };
    },
    zip() {
      const valid = /^(\d{5}(-?\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d)$/.test(value);
      return { whole: false, valid };
    },
  };

  function messageFor({ whole, valid }) {
    if (valid || !(touched || whole)) {
      return "";
    }
    return value ? `Card ${names[config.kind]} is invalid.` : `Card ${names[config.kind]} is required`;
  }

  function tell(type, more) {
    window.top.postMessage({ kind: config.kind, type, ...more }, config.page);
  }

  function report() {
    const state = checks[config.kind]();
    const message = messageFor(state);
    input.setAttribute("aria-invalid", String(message !== ""));
    const brand = config.kind === "number" ? (brandOf(digitsOf(value)) || { name: "" }).name : "";
    tell("state", { valid: state.valid, message, brand });
  }

  // Keeps the caret after the same digit when blanks and slashes move.
  function put(text, caretDigits) {
    value = text;
    input.value = text;
    let caret = text.length;
    if (caretDigits !== null) {
      caret = 0;
      for (let seen = 0; caret < text.length && seen < caretDigits; caret += 1) {
        seen += /[0-9A-Za-z]/.test(text[caret]) ? 1 : 0;
      }
    }
    input.setSelectionRange(caret, caret);
  }

  input.addEventListener("keydown", (event) => {
    keyed = keyed || event.isTrusted;
    if (event.isTrusted && event.key === "Enter") {
      tell("enter", {});
    }
  });
  input.addEventListener("keyup", () => {
    keyed = false;
  });
  input.addEventListener("input", (event) => {
    if (!event.isTrusted || !(keyed || event.inputType === "insertFromPaste")) {
      put(value, null);
      return;
    }
    keyed = false;
    const atEnd = input.selectionStart === input.value.length;
    const before = input.value.slice(0, input.selectionStart).replace(/[^0-9A-Za-z]/g, "").length;
    const deleting = (event.inputType || "").startsWith("delete");
    put(formats[config.kind](input.value, deleting), atEnd ? null : before);
    report();
  });
  input.addEventListener("blur", () => {
    touched = true;
    if (input.value !== value) {
      put(value, null);
    }
    report();
  });

  async function handIn() {
    try {
      const answer = await fetch(config.address, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ value }),
      });
      if (!answer.ok) {
        throw new Error(`the server answers ${answer.status}`);
      }
      tell("token", { token: (await answer.json()).token });
    } catch {
      tell("failed", {});
    }
  }

  window.addEventListener("message", (event) => {
    if (event.origin !== config.page || event.source !== window.top || !event.data
      || event.data.kind !== config.kind) {
      return;
    }
    if (event.data.type === "hand-in") {
      handIn();
    } else if (event.data.type === "clear") {
      touched = false;
      put("", null);
      report();
    } else if (event.data.type === "brand" && config.kind === "cvv") {
      brandOfCard = String(event.data.brand);
      report();
    }
  });

  tell("ready", {});
}
