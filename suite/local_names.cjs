// Playwright's process connects to this machine for a browser on another one. The system's resolver
// may not know names below localhost, which RFC 6761 says are this machine.
const { promises } = require("dns");

const { lookup } = promises;
promises.lookup = (name, options) =>
  lookup(name.endsWith(".localhost") ? "localhost" : name, options);
