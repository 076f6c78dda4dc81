import { gzipSync } from "node:zlib";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { axe, LOOKS, launch, play, SCREENSHOTS, showIn, type Theme, type Visit, visit } from "./browser";
import { PAGES } from "./pages";

let browser: Browser;
let current: Visit | undefined;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());
afterEach(async () => {
  const complaints = current?.complaints ?? [];
  await current?.close();
  current = undefined;
  expect(complaints).toEqual([]);
});

async function open(path: string, options: Parameters<typeof visit>[1] = {}): Promise<Visit> {
  current = await visit(browser, options);
  await current.page.goto(current.mock.url + path);
  return current;
}

describe("entering", () => {
  it("refuses a wrong password, then leads to where one wanted to go", async () => {
    const { page } = await open("/breakers", { signedIn: false });
    await page.getByLabel("Name").fill("ada");
    await page.getByRole("textbox", { name: "Password" }).fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("name or password is wrong").waitFor();
    await page.getByRole("textbox", { name: "Password" }).fill("clearspan-dev");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Breakers" }).waitFor();
  });

  it("says how long one has to wait after too many tries, and lets another name try", async () => {
    const { page, mock } = await open("/sign-in", { signedIn: false });
    await play(mock, "throttle/90");
    const name = page.getByLabel("Name");
    await name.fill("ada");
    await page.getByRole("textbox", { name: "Password" }).fill("wrong");
    const submit = page.getByRole("button", { name: "Sign in" });
    await submit.click();
    await page.getByText("Too many failed sign-ins").waitFor();
    await page.getByText(/^Try again in 1:[0-2]\d\.$/).waitFor();
    expect(await submit.isDisabled()).toBe(true);
    await page.screenshot({ path: `${SCREENSHOTS}/sign-in-throttled.png` });
    expect(await axe(page)).toEqual([]);
    await play(mock, "throttle/0");
    await name.fill("grace");
    await page.getByRole("textbox", { name: "Password" }).fill("clearspan-dev");
    await submit.click();
    await page.getByRole("navigation", { name: "Main" }).waitFor();
  });

  it("takes a one-time link and leaves no token in the address", async () => {
    const { page } = await open("/sign-in#token=demo", { signedIn: false });
    await page.getByRole("button", { name: /^payments: / }).waitFor();
    expect(page.url()).not.toContain("token");
  });

  it("says after signing out whether the provider's session ended, too", async () => {
    const { page, mock } = await open("/topology");
    const leave = async () => {
      await page.keyboard.press("Control+k");
      await page.keyboard.type("Sign out");
      await page.keyboard.press("Enter");
    };
    await play(mock, "provider/here");
    await page.getByRole("navigation", { name: "Main" }).waitFor();
    await leave();
    await page.getByText("You are signed out, here and at the provider.").waitFor();
    await page.reload();
    await page.getByRole("textbox", { name: "Password" }).waitFor();
    expect(await page.getByText("You are signed out").count()).toBe(0);
    await play(mock, "provider/away");
    await page.getByLabel("Name").fill("ada");
    await page.getByRole("textbox", { name: "Password" }).fill("clearspan-dev");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("navigation", { name: "Main" }).waitFor();
    await leave();
    await page.getByText("At https://login.example you may still be signed in.").waitFor();
  });

  it("sets up a new console", async () => {
    current = await visit(browser, { signedIn: false });
    const { page, mock } = current;
    await play(mock, "setup");
    await page.goto(`${mock.url}/setup#token=first`);
    await page.getByRole("textbox", { name: "Password" }).fill("long enough to be safe");
    await page.getByRole("button", { name: "Create admin and sign in" }).click();
    await page.getByRole("navigation", { name: "Main" }).waitFor();
  });
});

describe("health", () => {
  it("shows what is wrong, and leads to it", async () => {
    const { page, mock } = await open("/");
    await page.getByRole("heading", { name: "Health" }).waitFor();
    await play(mock, "kill/payments-3");
    await page.getByRole("link", { name: "payments-3", exact: true }).click();
    await page.getByRole("heading", { name: /^payments-3/ }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/instances/payments-3");
  });

  it("leads from a service's methods to one of them", async () => {
    const { page } = await open("/services/payments/methods");
    await page.getByRole("link", { name: "shop.Payments/Charge" }).click();
    await page.getByRole("heading", { name: "Policy in force" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/services/payments/methods/shop.Payments/Charge");
  });
});

describe("topology", () => {
  it("shows a killed instance gone, with who reports it, and a new one without a reload", async () => {
    const { page, mock } = await open("/topology");
    await page.getByRole("button", { name: /^payments: / }).waitFor();
    await play(mock, "kill/payments-3");
    await page.getByRole("link", { name: "payments-3 gone, reported by 2 of 2 callers" }).waitFor();
    await play(mock, "spawn/shipping");
    await page.getByRole("button", { name: /^shipping: .*3 instances/ }).waitFor();
  });

  it("opens an edge beside the graph, and closes it with Escape", async () => {
    const { page } = await open("/topology");
    await page.getByRole("button", { name: /^orders to payments: / }).click();
    await page.getByRole("complementary", { name: "orders to payments" }).waitFor();
    expect(new URL(page.url()).searchParams.get("select")).toBe("orders>payments");
    await page.keyboard.press("Escape");
    await page.getByRole("complementary", { name: "orders to payments" }).waitFor({ state: "detached" });
  });

  it.each([
    [1440, 900],
    [1024, 768],
  ])("keeps a selected edge and its boxes beside the drawer, %s px wide", async (width, height) => {
    const { page } = await open("/topology?select=payments%3Eledger", { width, height });
    const drawer = page.getByRole("complementary", { name: "payments to ledger" });
    await drawer.waitFor();
    await besideDrawer(page, /^ledger: /, drawer);
    await page.setViewportSize({ width: width - 60, height });
    await besideDrawer(page, /^ledger: /, drawer);
    await page.getByRole("button", { name: /^orders to shipping: / }).click();
    await besideDrawer(page, /^shipping: /, page.getByRole("complementary", { name: "orders to shipping" }));
  });

  it("brings what is reached by keyboard into sight", async () => {
    const { page } = await open("/topology?select=orders", { width: 1024, height: 768 });
    const drawer = page.getByRole("complementary", { name: "Service orders" });
    await drawer.waitFor();
    await page.getByRole("button", { name: /^shipping: / }).focus();
    await page.keyboard.press("Tab");
    await besideDrawer(page, /^ledger: /, drawer);
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: "Service ledger" }).waitFor();
  });

  it("greys the page when the stream falls silent, and recovers", async () => {
    const { page, mock } = await open("/topology");
    await page.getByRole("button", { name: "live: pause the view" }).waitFor();
    await play(mock, "stall/on");
    await page.getByText(/^No news for/).waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/stale.png` });
    await play(mock, "stall/off");
    await page.getByText(/^No news for/).waitFor({ state: "detached" });
  });

  it("has the same as a table", async () => {
    const { page } = await open("/topology?view=table");
    await page.getByRole("row", { name: /storefront orders/ }).waitFor();
    expect(await page.getByRole("row").count()).toBe(11);
  });

  it.each<Theme>(["dark", "light"])("shows what is called beyond the services, or not, %s", async (theme) => {
    const { page } = await open("/topology", { theme });
    const database = page.getByRole("button", { name: /^database postgresql\/ledger@db-1:5432, of kept/ });
    await database.click();
    const drawer = page.getByRole("complementary", { name: "Dependency ledger" });
    await drawer.getByText("database, postgresql at db-1:5432").waitFor();
    expect(await drawer.getByRole("row").count()).toBe(3);
    await page.screenshot({ path: `${SCREENSHOTS}/topology-dependency-${theme}-1440.png` });
    expect(await axe(page)).toEqual([]);
    await page.getByRole("button", { name: /^inventory to redis@cache-1:6379, .*\/s failed/ }).click();
    await page.getByRole("complementary", { name: "inventory to redis" }).waitFor();
    expect(new URL(page.url()).searchParams.get("select")).toBe("inventory>~redis@cache-1:6379");
    await page.keyboard.press("Escape");
    await page.getByRole("checkbox", { name: "Dependencies" }).click();
    await database.waitFor({ state: "detached" });
    expect(new URL(page.url()).searchParams.get("dependencies")).toBe("off");
  });
});

describe("control", () => {
  it("moves a weight and proves who applied it, then undoes it", async () => {
    const { page } = await open("/services/payments/instances");
    await page.getByLabel("Weight of payments-2", { exact: true }).fill("25");
    await page.getByLabel("Reason").fill("shift away from the slow one");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText(/applied by 5 \/ 5 in/).waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/weight-applied.png` });
    await page.getByRole("button", { name: /^Undo/ }).click();
    await page.getByText(/override of payments-2 lifted/).waitFor();
  });

  it("refuses a policy with an unknown field, naming it, saves a good one and rolls it back", async () => {
    const { page } = await open("/services/payments/policy");
    await page.getByRole("button", { name: "Edit policy" }).click();
    await page.getByLabel("Policy document").fill('{"service":{"retires":{}}}');
    await page.getByLabel("Reason").fill("fewer attempts");
    await page.getByRole("button", { name: "Save policy" }).click();
    await page.getByText(/service\.retires/).waitFor();
    await page.getByLabel("Policy document").fill('{"service":{"breaker":{"slowCall":"1s"}}}');
    await page.getByText(/1 of 5 processes does not know service\.breaker\.slowCall/).waitFor();
    await page.getByLabel("Policy document").fill('{"service":{"retry":{"maxAttempts":2}}}');
    await page.getByRole("button", { name: "Save policy" }).click();
    const proof = page.getByRole("status", { name: /^Acknowledgements of revision/ });
    await proof.getByText(/applied by 5 \/ 5 in/).waitFor();
    const { y = 0, height = 0 } = (await proof.boundingBox()) ?? {};
    expect(y > 0 && y + height < 500, `the proof is seen at ${y} px`).toBe(true);
    await page.getByText("fewer attempts").first().waitFor();
    await page.getByRole("button", { name: "r455" }).click();
    await page.getByLabel("Reason").fill("two attempts were too few");
    await page.getByRole("button", { name: "Roll back to r455" }).click();
    await page.getByText("two attempts were too few").first().waitFor();
    await page.getByText("SMOOTH_WEIGHTED_ROUND_ROBIN").first().waitFor();
  });

  it("shows of each field of a policy which layer won, for the method that is asked for", async () => {
    const { page } = await open("/services/payments/policy");
    const row = (field: string) =>
      page.getByRole("row", { name: new RegExp(`^${field.replace(".", "\\.")} `) });
    await row("retry.maxAttempts").getByText("service", { exact: true }).waitFor();
    await row("deadline.max").getByText("storefront: 60s by its code").waitFor();
    await row("deadline.timeout").getByText("default", { exact: true }).waitFor();
    await page.getByLabel("Method", { exact: true }).selectOption("shop.Payments/Charge");
    await row("deadline.timeout").getByText("method", { exact: true }).waitFor();
  });

  it("forces a breaker open, shows it on its edge, and puts it back", async () => {
    const { page, mock } = await open("/breakers");
    await page
      .getByRole("button", { name: "Force open: orders to payments, all methods and instances" })
      .click();
    await page.getByLabel("Reason").fill("bank is down");
    await page.getByRole("dialog").getByRole("button", { name: "Force open" }).click();
    await page.getByText("forced open").first().waitFor();
    await page.goto(`${mock.url}/topology`);
    await page.getByRole("link", { name: "orders → payments is forced open" }).click();
    await page.screenshot({ path: `${SCREENSHOTS}/forced-open.png` });
    await page.getByRole("button", { name: "Back to automatic" }).click();
    await page.getByLabel("Reason").fill("bank is back");
    await page.getByRole("dialog").getByRole("button", { name: "Back to automatic" }).click();
    await page.getByText("breaker back to automatic").waitFor();
  });
});

describe("search", () => {
  it("opens a pasted trace id from anywhere", async () => {
    const { page, mock } = await open("/services");
    const failed = mock.world.traces.find((t) => t.errors > 0);
    await page.getByRole("heading", { name: "Services", exact: true }).waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.insertText(`trace=${failed?.traceId}`);
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/traces/${failed?.traceId}`);
    await page.getByRole("heading", { name: /^payments Payments\/Charge failed: UNAVAILABLE/ }).waitFor();
  });
});

describe("the search box steers", () => {
  it("drains an instance by keyboard alone, and shows who has applied it", async () => {
    const { page } = await open("/services");
    await page.getByRole("heading", { name: "Services", exact: true }).waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.insertText("drain payments-2");
    await page.getByRole("option", { name: "Drain instance payments-2" }).waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/search-steers.png` });
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByText("what is in flight finishes").waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/search-dialog.png` });
    expect(await axe(page)).toEqual([]);
    await page.keyboard.type("new kernel");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/services/payments/instances");
    await page.getByText(/applied by 5 \/ 5 in/).waitFor();
  });

  it("opens the policy for editing, once", async () => {
    const { page } = await open("/");
    await page.getByRole("heading", { name: "Health" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.insertText("edit policy payments");
    await page.getByRole("option", { name: "Edit policy of payments" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByLabel("Policy document").waitFor();
    await expect.poll(() => page.url()).toMatch(/\/services\/payments\/policy$/);
  });

  it("offers a viewer nothing that steers, and no page does", async () => {
    const { page, mock } = await open("/");
    if (mock.world.session) mock.world.session.user.role = "viewer";
    await page.goto(`${mock.url}/services/payments/instances`);
    await page.getByRole("rowheader", { name: /^payments-1/ }).waitFor();
    expect(await page.getByRole("slider").count()).toBe(0);
    expect(await page.getByRole("button", { name: /^(Drain|Eject|Lift|Evenly)/ }).count()).toBe(0);
    await page.keyboard.press("Control+k");
    await page.keyboard.insertText("payments");
    await page.getByRole("option", { name: /^payments-1/ }).waitFor();
    expect(await page.getByRole("option", { name: /action$/ }).count()).toBe(0);
    await page.keyboard.press("Escape");
    await page.goto(`${mock.url}/breakers`);
    await page.getByRole("article", { name: /payments to ledger/ }).waitFor();
    expect(await page.getByRole("button", { name: /^Force/ }).count()).toBe(0);
  });
});

describe("a trace that is not there", () => {
  it("says why, and leads to one like it", async () => {
    const { page, mock } = await open("/services");
    await play(mock, "scenario/storm");
    await page.goto(`${mock.url}/traces/48cf1f7392731c6c7f29ce4117c02841`);
    await page.getByText(/^It was probably shed/).waitFor();
    await page.getByRole("link", { name: "One like it that was kept" }).click();
    await page.getByRole("heading", { name: /failed: UNAVAILABLE/ }).waitFor();
  });
});

describe("keeping calls", () => {
  it("keeps every call of a caller, shows who has applied it, and ends", async () => {
    const { page } = await open("/services/payments");
    await page.getByLabel("Reason").fill("ticket 7");
    await page.getByRole("button", { name: "Keep every call" }).click();
    await page.getByText("every call of orders", { exact: true }).waitFor();
    await page
      .getByText(/^applied by (\d+) \/ \1 in/)
      .first()
      .waitFor();
    await page.getByRole("button", { name: "End keeping the calls of orders" }).click();
    await page.getByText("Nothing is kept by order now.").waitFor();
  });
});

describe("waterfall", () => {
  it("shows the names of attempts whole while the drawer is open", async () => {
    const { page, mock } = await open("/traces");
    const failed = mock.world.traces.find((t) => t.errors > 0);
    await page.goto(`${mock.url}/traces/${failed?.traceId}`);
    const attempt = page.getByRole("button", { name: /^attempt 2 on payments-\d/ });
    await attempt.click();
    await page.getByRole("complementary", { name: "Details of the call" }).waitFor();
    expect(
      await attempt
        .locator("span")
        .first()
        .evaluate((e) => e.scrollWidth - e.clientWidth),
    ).toBe(0);
    await page.screenshot({ path: `${SCREENSHOTS}/waterfall-drawer.png` });
    const handle = page.getByRole("separator", { name: "Width of the names" });
    const before = Number(await handle.getAttribute("aria-valuenow"));
    await handle.press("ArrowRight");
    expect(Number(await handle.getAttribute("aria-valuenow"))).toBe(before + 16);
  });
});

describe("accounts", () => {
  it("makes a token whose secret is shown once, and ends it", async () => {
    const { page } = await open("/settings/tokens");
    await page.getByRole("button", { name: "Make a token" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("ci");
    await dialog.getByText("operator", { exact: true }).click();
    await dialog.getByLabel("payments", { exact: true }).check();
    await dialog.getByRole("button", { name: "Make a token" }).click();
    await page.getByText("cst_mock-9f3VbX2kQ7hT1cW8", { exact: true }).waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/token-secret.png` });
    await page.getByRole("button", { name: "I have stored it" }).click();
    await page.getByRole("row", { name: /^ci .* operator payments/ }).waitFor();
    expect(await page.getByText("cst_mock").count()).toBe(0);
    await page.getByRole("button", { name: "End ci" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "End" }).click();
    await page.getByRole("row", { name: /^ci / }).waitFor({ state: "detached" });
    await page.getByText("token.end").waitFor();
  });

  it("adds a user, and says why the last admin cannot go", async () => {
    const { page } = await open("/settings/users");
    await page.getByRole("button", { name: "Add user" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("barbara");
    await dialog.getByRole("textbox", { name: "Password" }).fill("long enough pass");
    await dialog.getByRole("button", { name: "Add user" }).click();
    await page.getByRole("rowheader", { name: "barbara" }).waitFor();
    await page.getByRole("button", { name: "Remove ada" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await page.getByText(/last admin/).waitFor();
  });

  it("changes one's own password, and refuses a wrong one", async () => {
    const { page } = await open("/settings");
    await page.getByRole("textbox", { name: "Current password" }).fill("guessed");
    await page.getByRole("textbox", { name: "New password" }).fill("another fine one");
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByText("This is not your password").waitFor();
    await page.getByRole("textbox", { name: "Current password" }).fill("clearspan-dev");
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByText("Changed. Your other browsers are signed out.").waitFor();
    await page.getByRole("button", { name: "Sign out everywhere" }).click();
    await page.waitForURL("**/sign-in");
  });
});

describe("invoke", () => {
  it("fills a request by its form, asks first, and shows the answer with its trace", async () => {
    const { page } = await open("/services/payments/methods/shop.Payments/Charge");
    await page.getByRole("main").getByRole("link", { name: "Invoke" }).click();
    await page.getByRole("textbox", { name: "orderId" }).fill("7");
    await page.getByRole("combobox", { name: "speed" }).selectOption("FAST");
    await page.getByRole("combobox", { name: "Instance" }).selectOption("payments-2");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/^It is not declared idempotent/).waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/invoke-confirm.png` });
    await dialog.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByRole("link", { name: "See the trace" }).waitFor();
    await page.getByRole("region", { name: "Answer" }).getByText('"orderId": "7"').waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/invoke-answer.png` });
    const url = new URL(page.url());
    expect(url.search).toContain("instance=payments-2");
    expect(url.search).not.toContain("orderId");
    expect(await axe(page)).toEqual([]);
  });

  it("says why a viewer cannot", async () => {
    const { page, mock } = await open("/");
    if (mock.world.session) mock.world.session.user.role = "viewer";
    await page.goto(`${mock.url}/invoke?service=orders&method=shop.Orders%2FGet`);
    await page.getByText("You are a viewer: calling methods is for operators of orders.").waitFor();
    expect(await page.getByRole("button", { name: "Send", exact: true }).count()).toBe(0);
  });
});

describe("the past of the map", () => {
  it("is gone through by keyboard, shows what was then, and leads back to now", async () => {
    const { page } = await open("/topology?view=table");
    const handle = page.getByRole("slider", { name: "Moment shown" });
    await handle.waitFor();
    await page.getByText("Live. Drag to go back.").waitFor();
    await handle.focus();
    for (let i = 0; i < 8; i++) await page.keyboard.press("Shift+ArrowLeft");
    await page.getByRole("region", { name: "The last 15 minutes" }).getByText("8 min ago").waitFor();
    await page
      .getByRole("row", { name: /orders.*payments/ })
      .getByText("62%")
      .waitFor();
    expect(new URL(page.url()).search).toMatch(/at=%22?20|at=20/);
    await page.goto(
      `${page.url()}&select=${encodeURIComponent("orders>payments")}`.replace("view=table&", ""),
    );
    const drawer = page.getByRole("complementary", { name: /orders/ });
    await drawer.getByText("At that moment").waitFor();
    expect(await drawer.getByRole("button", { name: /^Force/ }).count()).toBe(0);
    await page.screenshot({ path: `${SCREENSHOTS}/replay.png` });
    expect(await axe(page)).toEqual([]);
    await page.getByRole("button", { name: "Back to live" }).click();
    await drawer
      .getByRole("button", { name: /^Force/ })
      .first()
      .waitFor();
    expect(new URL(page.url()).search).not.toContain("at=");
  });
});

describe("the logs of a trace", () => {
  it("stand beside its calls, lead to them, and are narrowed by severity", async () => {
    const { page, mock } = await open("/traces");
    const failed = mock.world.traces.find((it) => it.errors > 0);
    await page.goto(`${mock.url}/traces/${failed?.traceId}`);
    const lines = page.getByRole("list", { name: "Log lines" });
    await lines.getByText("the bank gives no answer").waitFor();
    expect(await lines.getByRole("listitem").count()).toBe(3);
    await page.getByLabel("Least severity").selectOption("WARN");
    await page.getByText("1 of 3", { exact: true }).waitFor();
    await lines.getByRole("button", { name: /the bank gives no answer/ }).click();
    await page.getByRole("complementary", { name: "Details of the call" }).waitFor();
    await lines.getByText("Read timed out").waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/trace-logs.png` });
    expect(new URL(page.url()).search).toMatch(/log=WARN&call=[0-9a-f]{16}/);
    expect(await axe(page)).toEqual([]);
  });
});

describe("the console itself", () => {
  it("says that spans are dropped, and leads to where it says more", async () => {
    const { page, mock } = await open("/services");
    await play(mock, "dropping/on");
    await page.getByRole("link", { name: "spans are dropped" }).click();
    await page.getByRole("heading", { name: "System", exact: true }).waitFor();
    await page.getByText(/84\s\/s spans are dropped/).waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/system-dropping.png` });
  });
});

async function besideDrawer(page: Page, box: RegExp, drawer: Locator) {
  const edges = async () => {
    const left = (await drawer.boundingBox())?.x ?? 0;
    const found = await page.getByRole("button", { name: box }).boundingBox();
    return { inside: found !== null && found.x >= 0 && found.x + found.width <= left };
  };
  await expect.poll(edges, { timeout: 20_000 }).toEqual({ inside: true });
}

describe.each<Theme>(["dark", "light"])("Grafana, %s", (theme) => {
  it("is shown for the chosen service, time and theme", async () => {
    const { page, mock } = await open("/", { theme });
    await play(mock, "grafana/on");
    await page.goto(`${mock.url}/metrics?dashboard=clearspan-service&service=payments`);
    const board = page.frameLocator('iframe[title="Grafana: Service"]');
    await board.getByText("payments, now-15m").waitFor();
    await page.getByLabel("Time range").selectOption("6h");
    await board.getByText("payments, now-6h").waitFor();
    expect(new URL(page.url()).searchParams.get("range")).toBe("6h");
    const frame = await page.locator("iframe").getAttribute("src");
    expect(new URL(String(frame)).searchParams.get("theme")).toBe(theme);
    await page.screenshot({ path: `${SCREENSHOTS}/grafana-${theme}-1440.png` });
    expect(await axe(page)).toEqual([]);
  });

  it("is replaced by our own charts while it is away, and comes back by itself", async () => {
    const { page, mock } = await open("/", { theme });
    await play(mock, "grafana/away");
    await page.goto(`${mock.url}/metrics?dashboard=clearspan-service`);
    await page.getByText("127.0.0.1:3000 cannot be reached").first().waitFor();
    await page.getByRole("img", { name: "Latency of ledger over time" }).waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/grafana-away-${theme}-1440.png` });
    expect(await axe(page)).toEqual([]);
    await play(mock, "grafana/on");
    await page.frameLocator("iframe").getByText("now-15m").waitFor();
  });
});

describe("every page in both themes and both languages", () => {
  it.each(Object.entries(PAGES))("%s has no serious accessibility finding", async (name, { path, ready }) => {
    const { page } = await open(path, { theme: "dark" });
    await ready(page).waitFor();
    const found: Record<string, string[]> = {};
    // Each step changes one of the two on the page as it stands: it is loaded once.
    for (const [theme, locale] of LOOKS) {
      await showIn(page, theme, locale);
      if (locale === "en") await page.screenshot({ path: `${SCREENSHOTS}/${name}-${theme}-1440.png` });
      found[`${theme} ${locale}`] = await axe(page);
    }
    expect(found).toEqual({ "dark en": [], "dark zh": [], "light zh": [], "light en": [] });
    await page.setViewportSize({ width: 1024, height: 768 });
    for (const locale of ["zh", "en"] as const) {
      await showIn(page, "light", locale);
      await page.screenshot({ path: `${SCREENSHOTS}/${name}-${locale}-1024.png` });
      const overflow = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
      expect(overflow, `px of overflow in ${locale}`).toBe(0);
    }
  });

  it.each(LOOKS)("sign-in and set-up have none, %s %s", async (theme, locale) => {
    const { page, mock } = await open("/sign-in", { theme, locale, signedIn: false });
    await page.locator("form").waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/sign-in-${theme}-${locale}.png` });
    expect(await axe(page)).toEqual([]);
    await play(mock, "setup");
    await page.goto(`${mock.url}/setup`);
    await page.locator("form").waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/setup-${theme}-${locale}.png` });
    expect(await axe(page)).toEqual([]);
  });
});

describe.each<Theme>(["dark", "light"])("who may come in, and what they did, %s", (theme) => {
  it("sign-in offers the provider, and says why it came to nothing", async () => {
    const { page, mock } = await open("/sign-in", { theme, signedIn: false });
    await fetch(`${mock.url}/mock/provider/here`, { method: "POST" });
    await page.goto(`${mock.url}/sign-in?problem=no-role&to=%2Ftraces`);
    const provider = page.getByRole("link", { name: "Sign in with login.example" });
    await provider.waitFor();
    expect(await provider.getAttribute("href")).toBe("/api/v1/oidc/sign-in?to=%2Ftraces");
    await page.getByRole("alert").getByText("none of your groups").waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/sign-in-provider-${theme}-1440.png` });
    expect(await axe(page)).toEqual([]);
    await fetch(`${mock.url}/mock/provider/away`, { method: "POST" });
    await page.goto(`${mock.url}/sign-in`);
    await page.getByText("does not answer now").waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/sign-in-away-${theme}-1440.png` });
    expect(await axe(page)).toEqual([]);
  });

  it("a row that was removed is an alarm on the page of changes", async () => {
    const { page, mock } = await open("/audit", { theme });
    await page.getByText(/^Chain whole: \d+ rows to r\d+/).waitFor();
    await fetch(`${mock.url}/mock/scenario/tampered`, { method: "POST" });
    await page.goto(`${mock.url}/audit`);
    await page.getByRole("alert").getByText("the registry has it no more").waitFor();
    await page.screenshot({ path: `${SCREENSHOTS}/audit-tampered-${theme}-1440.png` });
    expect(await axe(page)).toEqual([]);
  });
});

describe("weight of the pages", () => {
  it("the first load is at most 300 KiB, the graph's part at most 200 KiB", async () => {
    current = await visit(browser);
    const { page, mock } = current;
    const loaded: Promise<{ graph: boolean; bytes: number }>[] = [];
    page.on("response", (response) => {
      const { pathname } = new URL(response.url());
      if (!/\.(js|css)$/.test(pathname)) return;
      loaded.push(
        response
          .body()
          .then((body) => ({ graph: pathname.includes("TopologyGraph"), bytes: gzipSync(body).length })),
      );
    });
    await page.goto(`${mock.url}/topology`);
    await page.getByRole("button", { name: /^payments: / }).waitFor();
    const parts = await Promise.all(loaded);
    const kib = (graph: boolean) =>
      parts.filter((p) => p.graph === graph).reduce((sum, p) => sum + p.bytes, 0) / 1024;
    console.log(`first load ${kib(false).toFixed(0)} KiB, graph ${kib(true).toFixed(0)} KiB (gzip)`);
    expect(kib(false)).toBeLessThanOrEqual(300);
    expect(kib(true)).toBeLessThanOrEqual(200);
  });
});
