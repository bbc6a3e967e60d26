(wanted) => {
  const everything = [];
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      everything.push(element);
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);
  const visible = (element) => {
    const box = element.getBoundingClientRect();
    const seen = !element.checkVisibility
      || element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    return seen && box.width > 1 && box.height > 1
      && box.right + window.scrollX > 0 && box.bottom + window.scrollY > 0;
  };
  const text = (element) => (element ? (element.innerText || element.textContent || "").trim() : "");
  const referenced = (element) => (element.getAttribute("aria-labelledby") || "")
    .split(/\s+/).filter(Boolean).map((id) => text(element.getRootNode().getElementById(id))).join(" ");
  const fields = [], actions = [], headings = [], alerts = [], frames = [], lines = [];
  let marker = false, robot = false;
  for (const element of everything) {
    const tag = element.localName, role = element.getAttribute("role") || "";
    const type = (element.getAttribute("type") || "").toLowerCase();
    const pushes = ["submit", "button", "image", "reset"].includes(type);
    if (["script", "style", "template", "head", "title"].includes(tag) || !visible(element)) continue;
    if (tag === "iframe") {
      frames.push(element.title || element.getAttribute("aria-label") || element.name || "frame");
    } else if ((tag === "input" && !pushes && !["hidden", "checkbox", "radio"].includes(type))) {
      fields.push({
        names: [
          ["placeholder", element.placeholder], ["label", element.getAttribute("aria-label")],
          ["label", referenced(element)], ...[...(element.labels || [])].map((l) => ["label", text(l)]),
          ["title", element.title],
        ].filter(([, name]) => name),
        focused: document.hasFocus() && element.getRootNode().activeElement === element,
        filled: element.value !== "",
        autocomplete: (element.getAttribute("autocomplete") || "").split(" ").pop(),
      });
    } else if (tag === "button" || (tag === "input" && pushes) || role === "button"
        || tag === "a" || role === "link" || element.hasAttribute("onclick")) {
      const isLink = role === "link" || (tag === "a" && element.hasAttribute("href") && !role);
      const isButton = role === "button" || tag === "button" || tag === "input";
      actions.push({
        role: isLink ? "link" : isButton ? "button" : "text",
        name: element.getAttribute("aria-label") || referenced(element) || text(element)
          || (tag === "input" ? element.value : "") || element.title
          || [...element.querySelectorAll("img[alt]")].map((image) => image.alt).join(" "),
        shown: text(element) || (tag === "input" ? element.value : ""),
        asked: !!element.closest("dialog[open], [role=dialog], [role=alertdialog]"),
        focused: document.hasFocus() && element.getRootNode().activeElement === element,
        disabled: element.disabled === true || element.getAttribute("aria-disabled") === "true",
      });
    }
    if (/^h[1-6]$/.test(tag) || role === "heading") headings.push(text(element));
    const loud = role === "alert" || element.getAttribute("aria-live") === "assertive";
    if (loud && text(element)) alerts.push(text(element));
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.data).join(" ").replace(/\s+/g, " ").trim();
    if (own) lines.push(own);
    if (own === wanted.marker) marker = true;
    if (/declined/i.test(own) && !alerts.includes(own)) alerts.push(own);
    if (wanted.robot.includes(own)) robot = true;
  }
  const name = window.name;
  return { fields, actions, headings, alerts, frames, lines, marker, robot, name };
}
