// Point 1: the live topology; a killed and a new instance.
import { eventually, nameFitting, spokenName } from "../browser.mjs";
import { boxOf, edgeOf, rateIn, shootLight } from "./navigation.mjs";

const SERVICES = ["storefront", "orders", "inventory", "payments", "shipping", "ledger"];
const EDGES = [
  ["shopper", "storefront"],
  ["storefront", "orders"],
  ["orders", "inventory"],
  ["orders", "payments"],
  ["orders", "shipping"],
  ["payments", "ledger"],
];
const SEEN_MILLIS = 2_000;
const VICTIM = "inventory-3";

export async function seesTheTopology(scene) {
  const { page, report, shoot } = scene;
  await page.getByRole("navigation", { name: "Main" }).waitFor();
  await Promise.all(SERVICES.map((service) => boxOf(page, service).waitFor()));
  report.figure("services shown", SERVICES.length);
  await seesTheDatabase(scene);
  await ratesMoveByThemselves(scene);
  await shoot("topology");
  await shootLight(scene, "topology");
  await seesAKilledInstance(scene);
  await seesANewInstance(scene);
}

/** None of ours: known from the spans that the ledger's own code makes. */
async function seesTheDatabase({ page, report }) {
  const box = page.getByRole("button", { name: /^database h2database\/ledger, of kept traces: / });
  const name = await nameFitting(page, box, /: [1-9]/);
  report.figure("the ledger's database", name.replace(/^.*: /, ""));
}

async function ratesMoveByThemselves({ page, report, shop }) {
  await page.evaluate("window.notReloaded = true");
  const before = await Promise.all(EDGES.map((edge) => nameFitting(page, edgeOf(page, ...edge), /[1-9]/)));
  await shop.setOrdersPerSecond(40);
  for (const [index, [caller, callee]] of EDGES.entries()) {
    const was = rateIn(before[index]);
    await eventually(page, `another rate of ${caller} to ${callee} than ${was}/s`, async () => {
      const value = rateIn(await spokenName(edgeOf(page, caller, callee)));
      return { found: value > 0 && value !== was, value };
    });
  }
  if (!(await page.evaluate("window.notReloaded"))) throw new Error("the page was loaded again");
  report.figure("edges whose rates follow the load without a reload", EDGES.length);
}

async function seesAKilledInstance({ page, report, shop, shoot }) {
  const killed = await shop.kill(VICTIM);
  const reported = new RegExp(`${VICTIM} gone, reported by \\d+ of \\d+ callers?`);
  const name = await nameFitting(page, boxOf(page, "inventory"), reported, SEEN_MILLIS * 5);
  report.within(reported.exec(name)[0], Date.now() - killed, SEEN_MILLIS);
  await shoot("instance-killed");
}

async function seesANewInstance({ page, report, shop, shoot }) {
  const { instance, registeredAtMillis } = await shop.startExtra("inventory");
  await boxOf(page, "inventory").getByTitle(instance, { exact: true }).waitFor();
  report.within(
    `${instance} shown after its registration`,
    Math.max(0, Date.now() - registeredAtMillis),
    SEEN_MILLIS,
  );
  await shoot("instance-new");
}
