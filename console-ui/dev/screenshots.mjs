// Every page in both themes at 1440x900 into docs/screenshots/, as WebP; the PNGs stay in target/screenshots/docs.
// `npm run screenshots [-- name ...]` starts the demo shop with its console and gives it a history;
// --minutes N sets how long the charts reach back (default 13), CLEARSPAN_SIGN_IN=<link> takes a console that runs already, --mock the mock. Needs Chromium (CHROMIUM
// names another one) and, for --mock, the built UI.
import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { startMock } from "./mock-server.mjs";
import { startDemo } from "./screenshots/demo.mjs";
import { shoot } from "./screenshots/image.mjs";
import { PAGES } from "./screenshots/pages.mjs";
import { history } from "./screenshots/scene.mjs";

const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"];
const OUT = fileURLToPath(new URL("../../docs/screenshots", import.meta.url));
const RAW = fileURLToPath(new URL("../target/screenshots/docs", import.meta.url));
const SETTLE_MILLIS = 1_200;
const REPAINT_MILLIS = 400;

const words = process.argv.slice(2);
const mocked = words.includes("--mock");
const at = words.indexOf("--minutes");
const minutes = at < 0 ? 13 : Number(words[at + 1]);
if (!(minutes >= 2 && minutes <= 15)) {
  console.error(`--minutes: ${words[at + 1]} (expected: 2 to 15)`);
  process.exit(2);
}
const wanted = words.filter((word, i) => word !== "--mock" && (at < 0 || (i !== at && i !== at + 1)));
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
for (const directory of [OUT, RAW]) mkdirSync(directory, { recursive: true });

const mock = await startMock({ signedIn: mocked });
const demo = mocked ? null : await startDemo(process.env.CLEARSPAN_SIGN_IN);
const browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
try {
  const page = await visitor("dark");
  await page.goto(demo?.signIn ?? mock.url);
  await page.locator("#content").waitFor();
  const origin = new URL(page.url()).origin;
  const known = demo
    ? await history(page, minutes)
    : { failed: mock.world.traces.find((it) => it.errors > 0)?.traceId };
  const stranger = await visitor("dark");
  await fetch(`${mock.url}/mock/${mocked ? "provider/none" : "setup"}`, { method: "POST" });
  for (const name of names) await both(name, { page, stranger, origin, known });
} finally {
  await browser.close();
  await mock.close();
  await demo?.stop();
}

async function visitor(scheme) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: scheme,
    reducedMotion: "reduce",
  });
  return context.newPage();
}

/** One page, loaded once where it can change its theme as it stands. */
async function both(name, { page, stranger, origin, known }) {
  const { path, outside = false, fresh = false, after } = PAGES[name];
  const visitorPage = outside ? stranger : page;
  await visitorPage.goto((fresh ? mock.url : origin) + path(known));
  await visitorPage.locator("main").waitFor();
  for (const scheme of ["dark", "light"]) {
    await show(visitorPage, scheme);
    await after?.(visitorPage);
    await visitorPage.waitForTimeout(scheme === "dark" ? SETTLE_MILLIS : REPAINT_MILLIS);
    const bytes = await shoot(visitorPage, `${RAW}/${name}-${scheme}.png`, `${OUT}/${name}-${scheme}.webp`);
    console.log(`${name}-${scheme}.webp  ${(bytes / 1024).toFixed(0)} KiB`);
  }
}

/** By the search box, as anybody would; before one is signed in, by a reload. */
async function show(page, scheme) {
  const now = await page.locator("html").getAttribute("data-mantine-color-scheme");
  if (now === scheme) return;
  if ((await page.locator("#content").count()) > 0) {
    await page.keyboard.press("Control+k");
    await page.keyboard.insertText(scheme === "dark" ? "Dark theme" : "Light theme");
    await page.keyboard.press("Enter");
    await page.waitForTimeout(REPAINT_MILLIS);
  } else {
    await page.evaluate((value) => localStorage.setItem("clearspan.scheme", value), scheme);
    await page.reload();
    await page.locator("main").waitFor();
    await page.waitForTimeout(SETTLE_MILLIS);
  }
}
