// Every page in both themes at 1440x900, from the mock server, into docs/screenshots/.
// `npm run screenshots [name ...]`; needs the built UI and Chromium (CHROMIUM names another one).
import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { startMock } from "./mock-server.mjs";

const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"];
const OUT = fileURLToPath(new URL("../../docs/screenshots", import.meta.url));
const SETTLE_MILLIS = 1_500;

const PAGES = {
  health: () => "/",
  topology: () => "/topology",
  edge: () => "/topology?select=orders%3Epayments",
  services: () => "/services",
  service: () => "/services/payments",
  method: () => "/services/payments/methods/shop.Payments/Charge",
  instance: () => "/instances/payments-2",
  instances: () => "/services/payments/instances",
  policy: () => "/services/payments/policy",
  breakers: () => "/breakers",
  alerts: () => "/alerts",
  traces: () => "/traces",
  trace: ({ traces }) => `/traces/${traces.find((it) => it.errors > 0)?.traceId}`,
  metrics: () => "/metrics",
  audit: () => "/audit",
  system: () => "/system",
  settings: () => "/settings/users",
  missing: () => "/nowhere",
};

const wanted = process.argv.slice(2);
const names = wanted.length ? wanted : Object.keys(PAGES);
const unknown = names.filter((name) => !(name in PAGES));
if (unknown.length) {
  console.error(`${unknown.join(", ")}: no such page (expected: ${Object.keys(PAGES).join(", ")})`);
  process.exit(2);
}
if (!existsSync(EXECUTABLE)) {
  console.error(`${EXECUTABLE}: no such file (expected: Chromium; install it or set CHROMIUM)`);
  process.exit(2);
}
mkdirSync(OUT, { recursive: true });

const browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
const mock = await startMock({ signedIn: true });
for (const colorScheme of ["dark", "light"]) {
  const context = await browser.newContext({
    colorScheme,
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  for (const name of names) {
    await page.goto(mock.url + PAGES[name](mock.world));
    await page.locator("#content").waitFor();
    await page.waitForTimeout(SETTLE_MILLIS);
    await page.screenshot({ path: `${OUT}/${name}-${colorScheme}.png` });
    console.log(`${name}-${colorScheme}.png`);
  }
  await context.close();
}
await browser.close();
await mock.close();
