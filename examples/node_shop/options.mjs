// The shop's settings: the command line, and the account at Clover from the environment.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "5000" },
    certificate: { type: "string" }, // a PEM file: key, then certificate; without it, plain HTTP
    origin: { type: "string" }, // the shop's public address; the browser's Host header may lie
    bug: { type: "string", default: "" },
  },
});

export const port = Number(values.port);
export const bug = values.bug;
export const certificate = values.certificate && readFileSync(values.certificate);
export const scheme = certificate ? "https" : "http";
export const origin = values.origin ?? `${scheme}://localhost:${port}`;

export const clover = {
  api: process.env.CLOVER_API_URL ?? "https://apisandbox.dev.clover.com",
  merchant: process.env.CLOVER_MERCHANT_ID,
  token: process.env.CLOVER_PRIVATE_TOKEN,
  webhookSecret: process.env.CLOVER_WEBHOOK_SECRET,
};

const NEEDED = ["CLOVER_MERCHANT_ID", "CLOVER_PRIVATE_TOKEN", "CLOVER_WEBHOOK_SECRET"];
const missing = NEEDED.filter((name) => !process.env[name]);
if (missing.length > 0) {
  console.error(`Set ${missing.join(", ")}: README.md says to what.`);
  process.exit(2);
}
