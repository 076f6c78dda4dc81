import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axe, launch, SCREENSHOTS, type Visit, visit } from "./browser";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

const PAGES = [
  "/",
  "/topology?select=orders%3Epayments",
  "/services/payments",
  "/services/payments/instances",
  "/services/payments/policy",
  "/services/payments/api",
  "/instances/payments-2",
  "/breakers",
  "/alerts",
  "/traces?service=payments",
  "/invoke?service=orders&method=shop.Orders%2FGet",
  "/settings/users",
  "/settings/tokens",
];

/** What changes something, by the words on it. */
const STEERING =
  /^(Force|Back to automatic|Edit policy|Drain|Eject|Lift|Spread evenly|Apply|Roll back|Save|Keep every|Keep it|Go back|End|Send|Add rule|New rule|Silence|Add user|New token|Revoke)/;

async function steering({ page, mock }: Visit, path: string): Promise<string[]> {
  await page.goto(mock.url + path);
  await page.locator("#content h1").waitFor();
  await page.waitForLoadState("networkidle");
  const names = await page
    .locator("#content, [role=dialog], aside")
    .getByRole("button")
    .evaluateAll((all) => all.map((it) => it.getAttribute("aria-label") ?? it.textContent ?? ""));
  const sliders = await page.getByRole("slider").count();
  return [...names.filter((name) => STEERING.test(name.trim())), ...Array(sliders).fill("slider")];
}

describe("who may not steer", () => {
  it("sees no control on any page, where others see them", async () => {
    const visited = await visit(browser);
    const { page, mock } = visited;
    page.setDefaultTimeout(10_000);
    const shown: string[] = [];
    for (const path of ["/services/payments/instances", "/services/payments/policy", "/breakers"])
      shown.push(...(await steering(visited, path)));
    expect(shown).toContain("slider");
    expect(shown).toContain("Edit policy");
    expect(shown.some((name) => name.startsWith("Force"))).toBe(true);
    if (mock.world.session) mock.world.session.user.role = "viewer";
    const found: Record<string, string[]> = {};
    for (const path of PAGES) {
      const controls = await steering(visited, path);
      if (controls.length) found[path] = controls;
    }
    expect(found).toEqual({});
    await visited.close();
  });

  it("an operator of some services sees the controls of those", async () => {
    const visited = await visit(browser);
    const { mock } = visited;
    if (mock.world.session)
      mock.world.session.user = { ...mock.world.session.user, role: "operator", services: ["pay*"] };
    expect(await steering(visited, "/services/payments/policy")).toContain("Edit policy");
    expect(await steering(visited, "/services/orders/policy")).toEqual([]);
    await visited.close();
  });
});

describe("a policy on trial", () => {
  it("is saved with its limits, watched, and taken back", async () => {
    const visited = await visit(browser);
    const { page, mock } = visited;
    await page.goto(`${mock.url}/services/payments/policy`);
    await page.getByRole("button", { name: "Edit policy" }).click();
    await page
      .getByRole("textbox", { name: "Policy document" })
      .fill('{"service":{"retry":{"maxAttempts":4}}}');
    await page.getByRole("checkbox", { name: "On trial: goes back by itself" }).check();
    await page.getByLabel("p99 above").fill("500");
    await page.getByLabel("Watched for").selectOption("300");
    await page.getByLabel("Reason").fill("try four");
    await page.screenshot({ path: `${SCREENSHOTS}/policy-guard.png`, fullPage: true });
    await page.getByRole("button", { name: "Save on trial" }).click();
    const trial = page.getByRole("region", { name: "On trial." });
    await trial.getByText("It goes back to r").waitFor();
    await trial.getByText(/calls of \d+ s/).waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/policy-trial.png`, fullPage: true });
    expect(await axe(page)).toEqual([]);
    await trial.getByLabel("Reason").fill("enough");
    await trial.getByRole("button", { name: /^Go back to r/ }).click();
    await trial.waitFor({ state: "detached" });
    await page.getByText("went back", { exact: true }).waitFor();
    await visited.close();
  });
});
