// Chromium driven against the mock server: what the smoke tests share.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { type Mock, startMock } from "../dev/mock-server.mjs";

export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const SCREENSHOTS = fileURLToPath(new URL("../target/screenshots", import.meta.url));
const BUILT = fileURLToPath(new URL("../target/classes/ui/index.html", import.meta.url));
const AXE_SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
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

export type Theme = "dark" | "light";
export type Locale = "en" | "zh";

/** Every look, from one to the next by one change. */
export const LOOKS: [Theme, Locale][] = [
  ["dark", "en"],
  ["dark", "zh"],
  ["light", "zh"],
  ["light", "en"],
];

export interface Visit {
  page: Page;
  mock: Mock;
  /** Console errors, refused resources and requests that left the machine: all must stay empty. */
  complaints: string[];
  close: () => Promise<void>;
}

export async function launch(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(
      `${CHROMIUM}: no such file (expected: Chromium; install it with "apt-get install chromium" or set CHROMIUM)`,
    );
  }
  if (!existsSync(BUILT))
    throw new Error(`${BUILT}: no such file (expected: the built UI; run "npm run build")`);
  mkdirSync(SCREENSHOTS, { recursive: true });
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

interface VisitOptions {
  signedIn?: boolean;
  theme?: Theme;
  locale?: Locale;
  width?: number;
  height?: number;
}

/** A fresh browser profile at a fresh mock console. */
export async function visit(browser: Browser, options: VisitOptions = {}): Promise<Visit> {
  const { signedIn = true, theme = "dark", locale = "en", width = 1440, height = 900 } = options;
  const mock = await startMock({ signedIn });
  const context: BrowserContext = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
  });
  context.setDefaultTimeout(60_000);
  if (locale !== "en") await context.addInitScript(`localStorage.setItem("clearspan.locale", "${locale}")`);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // That the server refuses a wrong password or a bad policy is an answer, not a defect.
    const refused = /^Failed to load resource.*\b(401|409|422|429)\b/.test(message.text());
    // Nor is a trace that is not there.
    const absent = message.location().url.includes("/api/v1/traces/");
    if (message.type() === "error" && !refused && !absent) complaints.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(mock.url) && !request.url().startsWith("data:"))
      complaints.push(`left: ${request.url()}`);
  });
  const close = async () => {
    await context.close();
    await mock.close();
  };
  return { page, mock, complaints, close };
}

/** What the search box calls the change to a look, in the language one comes from. */
const SWITCHES: Record<Theme | Locale, { en: string; zh: string }> = {
  dark: { en: "Dark theme", zh: "深色主题" },
  light: { en: "Light theme", zh: "浅色主题" },
  en: { en: "English", zh: "English" },
  zh: { en: "中文", zh: "中文" },
};

/** Changes theme and language of the page as it stands, as a person would: by the search box. */
export async function showIn(page: Page, theme: Theme, locale: Locale) {
  const look = async () => ({
    theme: await page.locator("html").getAttribute("data-mantine-color-scheme"),
    locale: (await page.locator("html").getAttribute("lang")) === "zh" ? ("zh" as const) : ("en" as const),
  });
  const now = await look();
  if (now.theme !== theme) await choose(page, SWITCHES[theme][now.locale]);
  if (now.locale !== locale) await choose(page, SWITCHES[locale][now.locale]);
  await page.locator(`html[data-mantine-color-scheme="${theme}"][lang="${locale}"]`).waitFor();
}

async function choose(page: Page, action: string) {
  await page.keyboard.press("Control+k");
  await page.keyboard.insertText(action);
  await page.getByRole("option", { name: action }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("listbox").waitFor({ state: "hidden" });
}

export const play = (mock: Mock, what: string) => fetch(`${mock.url}/mock/${what}`, { method: "POST" });

interface AxeNode {
  target: string[];
  failureSummary: string;
}

interface AxeResult {
  violations: { id: string; impact: string; nodes: AxeNode[] }[];
}

// What a selection fades is meant to be hard to read; without a selection it is checked like the rest.
const AXE_RUN = `axe.run({ exclude: [['[data-faded="true"]']] }, { resultTypes: ['violations'] })`;

/** When no colour is on its way to another one any more. Runs in the page. */
async function settled() {
  const ending = document
    .getAnimations()
    .filter((it) => it.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
  await Promise.allSettled(ending.map((it) => it.finished));
}

/** Serious and critical findings of axe, one line each. */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(settled);
  await page.evaluate(AXE_SOURCE);
  const result = (await page.evaluate(AXE_RUN)) as AxeResult;
  return result.violations
    .filter((v) => v.impact === "serious" || v.impact === "critical")
    .map((v) => `${v.id} (${v.nodes.length}): ${v.nodes.slice(0, 3).map(explain).join("; ")}`);
}

const explain = (node: AxeNode) => `${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`;
