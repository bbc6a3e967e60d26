(robotWords) => {
  const everything = [];
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      everything.push(element);
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);
  const text = (element) => (element ? (element.innerText || element.textContent || "").trim() : "");
  const visible = (element) => {
    const box = element.getBoundingClientRect();
    const seen = !element.checkVisibility
      || element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    return seen && box.width > 1 && box.height > 1;
  };
  const byIds = (element, attribute) => (element.getAttribute(attribute) || "").split(/\s+/)
    .filter(Boolean).map((id) => text(element.getRootNode().getElementById(id))).join(" ").trim();
  const ownText = (element) => [...element.childNodes]
    .filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join(" ").replace(/\s+/g, " ").trim();
  const nameOf = (element) => byIds(element, "aria-labelledby") || element.getAttribute("aria-label")
    || [...(element.labels || [])].map(text).join(" ") || text(element)
    || (element.localName === "input" ? element.value : "") || element.title
    || [...element.querySelectorAll("img[alt], svg[aria-label], svg title, [title]")]
      .map((part) => part.alt || part.getAttribute("aria-label") || part.getAttribute("title") || text(part)).join(" ");
  // What names an unlabelled field: its group, or what stands before it in its row.
  const around = (element) => {
    const group = element.closest("fieldset, [role=group], [role=row], tr, li, dl > div");
    return group ? byIds(group, "aria-labelledby") || group.getAttribute("aria-label")
      || text(group.querySelector("legend, th, dt")) || text(group) : "";
  };
  const before = (element) => {
    for (let at = element, step = 0; at && step < 3; at = at.parentElement, step += 1) {
      if (at.previousElementSibling) return text(at.previousElementSibling);
    }
    return "";
  };
  const row = (element) => text(element.closest("tr, li, [role=row], [role=listitem], article, [class*=card i]"));
  const presses = new Set(["button", "link", "menuitem", "menuitemradio", "menuitemcheckbox", "tab", "treeitem", "option", "switch", "checkbox", "radio"]);
  const pressable = ["a", "button", "summary", "label", ...[...presses].map((role) => `[role=${role}]`)].join();
  const things = [], elements = [];
  let captcha = false;
  for (const element of everything) {
    const tag = element.localName, role = element.getAttribute("role") || "";
    const type = (element.getAttribute("type") || "text").toLowerCase();
    if (["script", "style", "template", "head", "title"].includes(tag)) continue;
    const isToggle = (tag === "input" && ["checkbox", "radio"].includes(type)) || ["switch", "checkbox", "radio"].includes(role);
    // A native toggle is often hidden behind its picture; its label is then what one presses.
    const stage = isToggle && !visible(element) ? [...(element.labels || [])].find(visible) : element;
    if (!stage || !visible(stage)) continue;
    const pushes = tag === "button" || (tag === "input" && ["submit", "button", "image", "reset"].includes(type));
    const isField = tag === "textarea" || role === "textbox" || element.isContentEditable && role === "textbox"
      || (tag === "input" && !pushes && !isToggle && !["hidden", "file", "range", "color"].includes(type));
    const isAction = isToggle || pushes || presses.has(role) || tag === "summary" || (tag === "a" && element.hasAttribute("href"));
    const looksPressable = !isField && !isAction && element.children.length < 6
      && (element.hasAttribute("onclick") || getComputedStyle(element).cursor === "pointer")
      && !element.closest(pressable)
      && getComputedStyle(element.parentElement || element).cursor !== "pointer";
    const box = stage.getBoundingClientRect();
    const thing = {
      kind: "", role: role || tag, names: [], value: "", checked: null, disabled: false, invalid: false,
      says: "", row: "", secret: false, focused: false, right: box.right + scrollX, top: box.top + scrollY,
    };
    if (isField) {
      const labels = [byIds(element, "aria-labelledby"), element.getAttribute("aria-label"), ...[...(element.labels || [])].map(text)];
      thing.kind = "field";
      thing.names = [labels.filter(Boolean).join(" "), element.title || "", around(element), before(element),
        element.getAttribute("placeholder") || "", `${element.getAttribute("name") || ""} ${element.id} ${element.getAttribute("autocomplete") || ""}`];
      thing.value = "value" in element ? element.value : text(element);
      thing.secret = type === "password";
      thing.invalid = element.getAttribute("aria-invalid") === "true";
      const own = [byIds(element, "aria-errormessage"), byIds(element, "aria-describedby")].filter(Boolean).join(" ");
      thing.says = own || (element.nextElementSibling ? text(element.nextElementSibling) : "");
      if (thing.secret) thing.value = "";
    } else if (isAction || looksPressable) {
      thing.kind = "action";
      thing.names = [nameOf(element).replace(/\s+/g, " ").trim(), element.title || ""];
      thing.row = row(element);
      const on = element.getAttribute("aria-checked") ?? element.getAttribute("aria-pressed") ?? element.getAttribute("aria-selected");
      thing.checked = tag === "input" && isToggle ? element.checked : on === null ? null : on === "true";
    } else if (/^h[1-6]$/.test(tag) || role === "heading" || tag === "legend") {
      thing.kind = "heading";
      thing.names = [text(element)];
    } else if (["alert", "status"].includes(role) || ["assertive", "polite"].includes(element.getAttribute("aria-live"))) {
      if (!text(element)) continue;
      thing.kind = "message";
      thing.names = [text(element)];
    } else if (ownText(element)) {
      thing.kind = "text";
      thing.names = [ownText(element)];
    } else continue;
    if (thing.kind === "text" || thing.kind === "action") captcha ||= robotWords.includes(thing.names[0]);
    thing.disabled = element.disabled === true || element.getAttribute("aria-disabled") === "true";
    thing.focused = document.hasFocus() && element.getRootNode().activeElement === element;
    things.push(thing);
    elements.push(stage);
  }
  globalThis[Symbol.for("what-was-seen")] = elements;
  return { things, captcha };
}
