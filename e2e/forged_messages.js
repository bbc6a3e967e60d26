// Posts messages in the shapes that pages listen for: each name of a message's kind with each word
// it may have, and the landing under every name. test_safety.py puts the windows in place of
// TARGETS.
(evil) => {
  const where = {};
  for (const name of ["url", "href", "to", "location", "redirect", "redirectUrl", "redirect_url",
                      "returnUrl", "target", "dest", "next", "success", "failure", "cancel",
                      "data", "payload", "value", "link"]) where[name] = evil;
  const kinds = ["type", "kind", "action", "event", "name", "op", "cmd", "message", "do", "state"];
  const words = ["redirect", "navigate", "leave", "go", "goto", "done", "complete", "completed",
                 "success", "paid", "payment", "cancel", "cancelled", "failure", "close", "exit",
                 "finish", "return", "submit", "location"];
  const shapes = [evil, where, { redirectUrls: { success: evil, failure: evil, cancel: evil } },
                  { type: "token", token: "forged" }, { moves: [{ do: "go", url: evil }] },
                  { data: { url: evil, type: "redirect" } }, JSON.stringify(where)];
  for (const kind of kinds) for (const word of words) shapes.push({ ...where, [kind]: word });
  for (const target of TARGETS) for (const shape of shapes) target.postMessage(shape, "*");
}
