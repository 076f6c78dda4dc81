// Point 3: a breaker is held open by hand, and put back.
import { eventually, nameFitting, spokenName } from "../browser.mjs";
import { appliedByAll, edgeOf, goTo, rateIn, shootLight } from "./navigation.mjs";

const WHOLE = "orders to payments, all methods and instances";

export async function forcesABreaker(scene) {
  await forcesItOpen(scene);
  await seesItInTheTopology(scene);
  await seesRefusedCalls(scene);
  await putsItBack(scene);
}

async function forcesItOpen(scene) {
  const { page, report, shoot } = scene;
  await goTo(page, "Breakers");
  await page.getByRole("button", { name: `Force open: ${WHOLE}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("browser test: the bank is down");
  await shoot("breaker-dialog");
  await dialog.getByRole("button", { name: "Force open" }).click();
  await page
    .getByRole("article", { name: `Breaker of ${WHOLE}` })
    .getByText("forced open")
    .waitFor();
  report.figure("breaker forced open", await appliedByAll(page, "breaker of orders forced open"));
  await shoot("breaker-forced");
  await shootLight(scene, "breaker-forced");
}

async function seesItInTheTopology({ page, report }) {
  await goTo(page, "Topology");
  const name = await nameFitting(page, edgeOf(page, "orders", "payments"), /breaker forced open/);
  report.figure("edge", name.replaceAll("\u202f", " "));
  await noCallPasses(page);
  report.figure("calls that pass", "none");
}

/** What payments calls in turn tells whether any call reaches it. */
async function noCallPasses(page) {
  await eventually(page, "payments to ledger without calls", async () => {
    const edge = edgeOf(page, "payments", "ledger");
    if ((await edge.count()) === 0) return { found: true };
    const value = await spokenName(edge);
    return { found: rateIn(value) === 0, value };
  });
}

async function seesRefusedCalls({ page, report, shoot }) {
  await edgeOf(page, "orders", "payments").click();
  const panel = page.getByRole("complementary", { name: "orders to payments" });
  const refused = panel
    .getByRole("listitem")
    .filter({ hasText: /breaker/i })
    .filter({ has: page.getByRole("button", { name: /copy [0-9a-f]{32}$/ }) });
  await refused.first().waitFor();
  report.figure("failure", (await refused.first().innerText()).replaceAll(/\s+/g, " "));
  await shoot("edge-forced");
}

async function putsItBack({ page, report, shoot }) {
  const panel = page.getByRole("complementary", { name: "orders to payments" });
  await panel.getByRole("button", { name: "Back to automatic" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("browser test: the bank is back");
  await dialog.getByRole("button", { name: "Back to automatic" }).click();
  const released = Date.now();
  await nameFitting(page, edgeOf(page, "payments", "ledger"), /: (0\.0?[1-9]|[1-9])/);
  report.figure("calls pass again after", `${Date.now() - released} ms`);
  await nameFitting(page, edgeOf(page, "orders", "payments"), /^(?!.*breaker forced)/);
  await shoot("breaker-automatic");
}
