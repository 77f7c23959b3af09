/* What the HTTP Observatory of MDN says about a page that is served here.

     node scripts/audit/observatory.mjs https://localhost:8443/lv/ [more addresses…]

   Writes one JSON object an address, all in a list: address, scan (grade, score, headers) and tests,
   by the package's own retriever, analysers and grader. Exits with 1 if a page could not be had.

   The package expects a public host behind a certificate that it trusts: name that of a server on
   this machine in NODE_EXTRA_CA_CERTS. The list of preloaded hosts (HSTS), which it fetches when it
   is installed, may be missing (we install without running scripts): then no host is on it, which
   can only lower the score. */
import fs from "node:fs";

const readFile = fs.readFileSync;
fs.readFileSync = (path, ...options) => {
  try {
    return readFile(path, ...options);
  } catch (error) {
    if (error.code === "ENOENT" && String(path).endsWith("hsts-preload.json")) return "{}";
    throw error;
  }
};
const { scan } = await import("@mdn/mdn-http-observatory/src/scanner/index.js");

const reports = [];
for (const address of process.argv.slice(2)) {
  const url = new URL(address);
  try {
    if (url.protocol !== "https:") throw new Error("The Observatory rates what is served by https.");
    // It joins "https://" and the name, and would take a name with port and path.
    reports.push({ address, ...(await scan(url.href.slice("https://".length))) });
  } catch (error) {
    process.exitCode = 1;
    reports.push({ address, error: error.message });
  }
}
console.log(JSON.stringify(reports, null, 2));
