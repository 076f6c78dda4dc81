import type { Browser, Page, Route } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { launch, type Visit, visit } from "./browser";
import { PAYLOADS, Spoiler } from "./payloads";

/** Lists that are filled up to one row a payload; the others keep their rows, with a payload in each text. */
const LISTS =
  /^\/(audit|users|tokens|account-changes|failures|breakers|services|alerts|alerts\/rules|traces|services\/[^/]+\/(instances|methods|outages|policy\/versions))$/;

/** What a text turns into if a page takes it for HTML or for an address. */
const INJECTED = [
  "script:not([src])",
  "iframe",
  "math",
  "body style",
  "details[ontoggle]",
  "[onerror], [onload], [onfocus], [onmouseover]",
  'img[src="x"]',
  '[href^="javascript:" i], [href^="data:" i]',
].join(", ");

let browser: Browser;
let current: Visit | undefined;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());
afterEach(async () => {
  // A page that closes leaves requests behind that nobody waits for.
  await current?.page.unrouteAll({ behavior: "ignoreErrors" });
  await current?.close();
  current = undefined;
});

/** A console each text of which is a script; and whatever sign there is that one ran. */
async function hostile() {
  current = await visit(browser);
  const { page, mock, complaints } = current;
  const spoiler = new Spoiler();
  const asked = { inFlight: 0, paths: new Set<string>() };
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.addInitScript(`addEventListener("securitypolicyviolation", (event) => {
    console.error("refused by the content security policy: " + event.blockedURI + " " + event.violatedDirective);
  })`);
  await page.route("**/api/v1/**", async (route) => {
    asked.inFlight++;
    await answer(route, spoiler, asked.paths).finally(() => asked.inFlight--);
  });
  return { page, mock, complaints, spoiler, asked };
}

async function answer(route: Route, spoiler: Spoiler, paths: Set<string>) {
  const url = spoiler.original(route.request().url());
  const path = new URL(url).pathname.replace("/api/v1", "");
  paths.add(path);
  // What is pushed would put the plain texts back.
  if (path === "/events")
    return route.fulfill({ contentType: "text/event-stream", body: "retry: 600000\n\n" });
  const response = await route.fetch({ url });
  if (!response.headers()["content-type"]?.includes("json")) return route.fulfill({ response });
  return route.fulfill({ response, json: spoil(await response.json(), path, spoiler) });
}

function spoil(body: Parameters<Spoiler["answer"]>[0], path: string, spoiler: Spoiler) {
  if (!LISTS.test(path)) return spoiler.answer(body);
  if (Array.isArray(body)) return filled(body, spoiler);
  const entries = Object.entries(body as object).map(([key, value]) => [
    key,
    Array.isArray(value) ? filled(value, spoiler) : spoiler.answer(value, key),
  ]);
  return Object.fromEntries(entries);
}

function filled(rows: Parameters<Spoiler["answer"]>[0][], spoiler: Spoiler) {
  const [first] = rows;
  if (first === null || typeof first !== "object" || Array.isArray(first)) return spoiler.answer(rows);
  // The first rows keep their names, to which others refer.
  return [...rows.map((row) => spoiler.answer(row)), ...spoiler.rows(first)];
}

const textOf = (page: Page) => page.evaluate("document.body.textContent") as Promise<string>;

describe("two hundred scripts in every text", { timeout: 180_000 }, () => {
  it("are shown letter by letter on every page, and none runs", async () => {
    const { page, mock, complaints, spoiler, asked } = await hostile();
    const seen = new Set<string>();
    const name = (text: string) => encodeURIComponent(spoiler.text(text));
    const trace = mock.world.traces.find((one) => one.errors > 0)?.traceId;
    const paths = [
      "/",
      "/topology",
      `/topology?view=table&select=${name("orders")}%3E${name("payments")}`,
      "/services",
      ...["overview", "instances", "methods", "api", "policy"].map(
        (tab) => `/services/${name("payments")}/${tab}`,
      ),
      `/services/${name("payments")}/methods/${encodeURIComponent(spoiler.text("shop.Payments/Charge")).replace("%2F", "/")}`,
      `/instances/${name("payments-2")}`,
      "/breakers",
      "/alerts",
      "/traces",
      `/traces/${trace}`,
      "/metrics",
      `/invoke?service=${name("payments")}&method=${name("shop.Payments/Charge")}`,
      "/audit",
      "/system",
      "/settings",
      "/settings/users",
      "/settings/tokens",
      `/${encodeURIComponent("<img src=x onerror=window.owned=1>")}`,
    ];
    for (const path of paths) {
      await page.goto(mock.url + path);
      const shown = await settled(page, asked);
      for (const payload of PAYLOADS) if (shown.includes(payload)) seen.add(payload);
      expect(await signs(page), path).toEqual({ injected: [], owned: false });
    }
    expect(PAYLOADS.filter((payload) => !seen.has(payload))).toEqual([]);
    expect(complaints).toEqual([]);
    expect([...asked.paths].filter((path) => path.includes("owned"))).toEqual([]);
  });

  it("stay text in the waterfall's details, in a row of the audit and in the search box", async () => {
    const { page, mock, complaints, asked } = await hostile();
    const trace = mock.world.traces.find((one) => one.errors > 0)?.traceId;
    await page.goto(`${mock.url}/traces/${trace}`);
    await page.getByRole("button", { name: /^attempt 2 on / }).click();
    await page.getByRole("complementary", { name: "Details of the call" }).waitFor();
    expect(await settled(page, asked)).toMatch(/<|javascript:/);
    expect(await signs(page)).toEqual({ injected: [], owned: false });
    await page.goto(`${mock.url}/audit`);
    await page.getByRole("table").getByRole("button").first().click();
    await settled(page, asked);
    await page.keyboard.press("Control+k");
    await page.keyboard.insertText("payments");
    await page.getByRole("option").first().waitFor();
    expect(await signs(page)).toEqual({ injected: [], owned: false });
    expect(complaints).toEqual([]);
  });

  it("would be noticed if one got into a page", async () => {
    const { page, mock, complaints } = await hostile();
    await page.goto(`${mock.url}/services`);
    await page.locator("#content").waitFor();
    await page.evaluate((html) => document.body.insertAdjacentHTML("beforeend", html), PAYLOADS[40] ?? "");
    expect((await signs(page)).injected).toEqual(['<img src="x" onerror="window.owned=1">']);
    await expect.poll(() => complaints.join("\n")).toContain("refused by the content security policy");
  });
});

/** The page's text once nothing is asked for any more, a script stands in it, and it changes no more. */
async function settled(page: Page, asked: { inFlight: number }): Promise<string> {
  let last = "";
  await expect
    .poll(
      async () => {
        const before = last;
        last = await textOf(page);
        return asked.inFlight === 0 && last === before && /<\w|javascript:|\{\{|\$\{/.test(last);
      },
      { timeout: 30_000, interval: 100 },
    )
    .toBe(true);
  return last;
}

/** What a script that ran would leave behind. */
const signs = (page: Page) =>
  page.evaluate(
    (selector) => ({
      injected: [...document.querySelectorAll(selector)].map((found) => found.outerHTML.slice(0, 200)),
      owned: "owned" in window || document.title.includes("owned"),
    }),
    INJECTED,
  );
