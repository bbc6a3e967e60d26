// Lists what a person can see in this frame, in the order of the page.
() => {
  const everything = [];
  const collect = (root) => {
    for (const element of root.querySelectorAll("*")) {
      everything.push(element);
      if (element.shadowRoot) collect(element.shadowRoot);
    }
  };
  collect(document);
  const clean = (value) => (value || "").replace(/\s+/g, " ").trim();
  const text = (element) => (element ? clean(element.innerText || element.textContent) : "");
  const visible = (element) => {
    const box = element.getBoundingClientRect();
    const drawn = !element.checkVisibility
      || element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    return drawn && box.width > 1 && box.height > 1
      && box.right + window.scrollX > 0 && box.bottom + window.scrollY > 0;
  };
  const byIds = (element, attribute) => (element.getAttribute(attribute) || "").split(/\s+/)
    .filter(Boolean).map((id) => text(element.getRootNode().getElementById(id))).join(" ").trim();
  const ownText = (element) => clean([...element.childNodes]
    .filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join(" "));
  const accessibleName = (element) => byIds(element, "aria-labelledby") || element.getAttribute("aria-label")
    || [...(element.labels || [])].map(text).join(" ") || text(element)
    || (element.localName === "input" ? element.value : "") || element.title
    || [...element.querySelectorAll("img[alt], svg[aria-label], svg title, [title]")]
      .map((part) => part.alt || part.getAttribute("aria-label") || part.getAttribute("title") || text(part)).join(" ");
  // What names an unlabelled field: its group, or what stands before it in its row.
  const groupName = (element) => {
    const group = element.closest("fieldset, [role=group], [role=row], tr, li, dl > div");
    return group ? byIds(group, "aria-labelledby") || group.getAttribute("aria-label")
      || text(group.querySelector("legend, th, dt")) || text(group) : "";
  };
  const textBefore = (element) => {
    for (let at = element, step = 0; at && step < 3; at = at.parentElement, step += 1) {
      if (at.previousElementSibling) return text(at.previousElementSibling);
    }
    return "";
  };
  const rowText = (element) => text(element.closest("tr, li, [role=row], [role=listitem], article, [class*=card i]"));
  const actionRoles = new Set(["button", "link", "menuitem", "menuitemradio", "menuitemcheckbox", "tab", "treeitem", "option", "switch", "checkbox", "radio"]);
  const pressable = ["a", "button", "summary", "label", ...[...actionRoles].map((role) => `[role=${role}]`)].join();
  const pointer = (element) => getComputedStyle(element).cursor === "pointer";

  const valueOf = (element) => (["input", "textarea"].includes(element.localName) ? element.value : text(element));
  const fieldDetails = (element, type) => ({
    names: [
      ["label", byIds(element, "aria-labelledby")], ["label", element.getAttribute("aria-label")],
      ...[...(element.labels || [])].map((label) => ["label", text(label)]), ["title", element.title],
      ["group", groupName(element)], ["before", textBefore(element)],
      ["placeholder", element.getAttribute("placeholder")],
      ["technical", `${element.getAttribute("name") || ""} ${element.id} ${element.getAttribute("autocomplete") || ""}`],
    ],
    value: type === "password" ? "" : valueOf(element),
    filled: valueOf(element) !== "",
    secret: type === "password",
    invalid: element.getAttribute("aria-invalid") === "true",
    note: [byIds(element, "aria-errormessage"), byIds(element, "aria-describedby")].filter(Boolean).join(" ")
      || text(element.nextElementSibling),
    autocomplete: (element.getAttribute("autocomplete") || "").split(" ").pop(),
  });
  const actionDetails = (element, isToggle, box) => {
    const on = element.getAttribute("aria-checked") ?? element.getAttribute("aria-pressed") ?? element.getAttribute("aria-selected");
    const isInput = element.localName === "input";
    return {
      names: [["label", accessibleName(element)], ["text", text(element) || (isInput ? element.value : "")], ["title", element.title]],
      checked: isInput && isToggle ? element.checked : on === null ? null : on === "true",
      row: rowText(element),
      in_dialog: !!element.closest("dialog[open], [role=dialog], [role=alertdialog]"),
      right: box.right + scrollX,
      top: box.top + scrollY,
    };
  };

  const found = [], elements = [];
  for (const element of everything) {
    const tag = element.localName, role = element.getAttribute("role") || "";
    const type = (element.getAttribute("type") || "text").toLowerCase();
    if (["script", "style", "template", "head", "title"].includes(tag)) continue;
    const isToggle = (tag === "input" && ["checkbox", "radio"].includes(type)) || ["switch", "checkbox", "radio"].includes(role);
    // A native toggle is often hidden behind its picture; its label is then what one presses.
    const shown = isToggle && !visible(element) ? [...(element.labels || [])].find(visible) : element;
    if (!shown || !visible(shown)) continue;
    const pushes = tag === "button" || (tag === "input" && ["submit", "button", "image", "reset"].includes(type));
    const isField = tag === "textarea" || role === "textbox"
      || (tag === "input" && !pushes && !isToggle && !["hidden", "file", "range", "color"].includes(type));
    const isAction = isToggle || pushes || actionRoles.has(role) || tag === "summary" || tag === "a";
    const looksPressable = !isField && !isAction && element.children.length < 6
      && (element.hasAttribute("onclick") || (pointer(element) && !pointer(element.parentElement || document.head)))
      && !element.closest(pressable) && !element.querySelector(pressable);
    const line = ownText(element);
    const live = ["alert", "status"].includes(role) || tag === "output"
      || ["assertive", "polite"].includes(element.getAttribute("aria-live"));
    const seen = { kind: "", role, names: [], line, live: live && text(element) !== "" };
    if (tag === "iframe") {
      seen.kind = "frame";
      seen.names = [["title", element.title || element.getAttribute("aria-label") || element.name]];
    } else if (isField) {
      seen.kind = "field";
      Object.assign(seen, fieldDetails(element, type));
    } else if (isAction || looksPressable) {
      seen.kind = "action";
      seen.role = role || (tag === "a" && element.hasAttribute("href") ? "link" : pushes ? "button" : isToggle ? type : tag === "summary" ? tag : "text");
      Object.assign(seen, actionDetails(element, isToggle, shown.getBoundingClientRect()));
    } else if (/^h[1-6]$/.test(tag) || role === "heading" || tag === "legend") {
      seen.kind = "heading";
      seen.role = tag === "legend" ? "legend" : "heading";
      seen.names = [["text", text(element)]];
    } else if (seen.live) {
      seen.kind = "message";
      seen.names = [["text", text(element)]];
    } else if (line) {
      seen.kind = "text";
      seen.names = [["text", line]];
    } else continue;
    seen.names = seen.names.map(([source, name]) => [source, clean(name)]).filter(([, name]) => name);
    seen.in_action = !!element.closest(pressable);
    seen.disabled = element.disabled === true || element.getAttribute("aria-disabled") === "true";
    found.push(seen);
    elements.push(shown);
  }
  globalThis[Symbol.for("snapshot")] = elements;
  // As text: the driver would convert each value by itself, which takes most of the time.
  return JSON.stringify({ elements: found, windowName: window.name });
}
