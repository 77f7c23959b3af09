// Lighthouse over addresses of a running site, on a phone and on a desktop.
//
//     node scripts/audit/lighthouse.mjs [--runs=3] [--form=mobile,desktop] ADDRESS …
//
// Writes a JSON list to the standard output, one object for each address and form factor: `url`,
// `formFactor`, `scores` (0 to 100), `cls`, `tbt` and `lcp` (milliseconds), `bytes`, `failures`
// (audits of accessibility, best practices and SEO below their mark, and what moves or blocks).
// Of several runs it takes the one in the middle, by performance. Progress goes to the standard
// error output. Ends with 1 if an address cannot be measured; scores are for the caller to judge.

import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const ATTEMPTS = 3; // a busy machine sometimes loses the trace of a run
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

function options(argv) {
  const named = Object.fromEntries(
    argv.filter((word) => word.startsWith("--")).map((word) => word.slice(2).split("=")),
  );
  return {
    runs: Number(named.runs ?? 1),
    forms: (named.form ?? "mobile,desktop").split(","),
    addresses: argv.filter((word) => !word.startsWith("--")),
  };
}

function summary(url, formFactor, { categories, audits }) {
  const percent = (score) => Math.round(score * 100);
  const strict = CATEGORIES.filter((name) => name !== "performance");
  const refs = strict.flatMap((name) => categories[name].auditRefs.map((ref) => ref.id));
  const failed = [...new Set(refs)].filter((id) => audits[id].score !== null && audits[id].score < 1);
  return {
    url,
    formFactor,
    scores: Object.fromEntries(CATEGORIES.map((name) => [name, percent(categories[name].score)])),
    cls: audits["cumulative-layout-shift"].numericValue,
    tbt: Math.round(audits["total-blocking-time"].numericValue),
    lcp: Math.round(audits["largest-contentful-paint"].numericValue),
    bytes: audits["total-byte-weight"].numericValue,
    failures: failed.map((id) => ({
      id,
      title: audits[id].title,
      items: (audits[id].details?.items ?? []).slice(0, 5).map(
        (item) => item.node?.snippet ?? item.description ?? item.url ?? JSON.stringify(item).slice(0, 200),
      ),
    })),
  };
}

// A browser of its own for each run: nothing is remembered, and what one breaks the next has not.
async function runOnce(url, config) {
  const chrome = await launch({
    chromePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
    chromeFlags: FLAGS,
  });
  try {
    const { port } = chrome;
    const result = await lighthouse(url, { port, onlyCategories: CATEGORIES, logLevel: "silent" }, config);
    if (!result || result.lhr.runtimeError) {
      throw new Error(result?.lhr.runtimeError?.message ?? "no result");
    }
    return result.lhr;
  } finally {
    await chrome.kill();
  }
}

async function measure(url, formFactor, runs) {
  const config = formFactor === "desktop" ? desktopConfig : undefined;
  const found = [];
  const errors = [];
  while (found.length < runs) {
    try {
      found.push(await runOnce(url, config));
    } catch (error) {
      errors.push(error);
      if (errors.length === ATTEMPTS) throw new Error(`${url}: ${error.message}`);
    }
  }
  found.sort((one, other) => one.categories.performance.score - other.categories.performance.score);
  return summary(url, formFactor, found[Math.floor(found.length / 2)]);
}

const { runs, forms, addresses } = options(process.argv.slice(2));
if (!addresses.length) {
  console.error("Give the addresses to measure.");
  process.exit(2);
}
const report = [];
let failed = false;
for (const url of addresses) {
  for (const form of forms) {
    try {
      const row = await measure(url, form, runs);
      report.push(row);
      console.error(form, url, Object.values(row.scores).join(" "), `CLS ${row.cls} TBT ${row.tbt} LCP ${row.lcp}`);
    } catch (error) {
      failed = true;
      console.error(String(error));
    }
  }
}
console.log(JSON.stringify(report, null, 2));
process.exit(failed ? 1 : 0);
