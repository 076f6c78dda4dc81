// Chromium for the browser test: one page that hears every complaint, and waits that say what they
// waited for.
import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const PATIENCE_MILLIS = 60_000;
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/** A browser with one page at the console's sign-in link. */
export async function openConsole({ signIn, chromium: executablePath, uiModule, screenshots }) {
  if (!existsSync(executablePath)) {
    throw new Error(`${executablePath}: no such file (expected: Chromium; apt-get install chromium)`);
  }
  const require = createRequire(join(uiModule, "package.json"));
  const { chromium } = require("playwright-core");
  mkdirSync(screenshots, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: "dark",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  context.setDefaultTimeout(PATIENCE_MILLIS);
  const page = await context.newPage();
  const complaints = listen(page);
  await page.goto(signIn);
  return { browser, page, complaints, shoot: (name) => shoot(page, screenshots, name) };
}

/** Errors that the page or its console tell of: a page without faults has none. */
function listen(page) {
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") {
      complaints.push(`console: ${message.text()} (${message.location().url})`);
    }
  });
  page.on("response", (response) => {
    if (response.status() >= 500) complaints.push(`HTTP ${response.status()}: ${response.url()}`);
  });
  return complaints;
}

async function shoot(page, directory, name) {
  await page.screenshot({ path: join(directory, `${name}.png`) });
}

/**
 * Asks until the answer is there. Waits one frame of the page between two questions.
 *
 * @param expected what is waited for, for the message when it does not come
 * @param ask answers undefined for "not yet"
 */
export async function eventually(page, expected, ask, millis = PATIENCE_MILLIS) {
  const deadline = Date.now() + millis;
  let seen;
  while (Date.now() < deadline) {
    const { found, value } = await ask();
    if (found) return value;
    seen = value;
    await page.evaluate("new Promise((resolve) => requestAnimationFrame(resolve))");
  }
  throw new Error(`expected within ${millis} ms: ${expected}; found: ${seen}`);
}

/** What is read aloud for a box or an edge of the topology: it stands in it, but is not drawn. */
export const spokenName = (locator) => locator.evaluate(NAME_OF);

const NAME_OF = (one) => one.querySelector(".visually-hidden")?.textContent ?? "";

/** The element's accessible name as soon as it fits the pattern. */
export async function nameFitting(page, locator, pattern, millis) {
  return eventually(
    page,
    `${locator} named like ${pattern}`,
    async () => {
      const names = await Promise.all((await locator.all()).map(spokenName));
      const value = names.find((name) => pattern.test(name));
      return { found: value !== undefined, value: value ?? names.join(" | ") };
    },
    millis,
  );
}
