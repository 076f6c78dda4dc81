// Point 2: a weight is moved, everyone concerned applies it, the calls follow.
import { eventually } from "../browser.mjs";
import { appliedByAll, appliedIn, openService, shootLight } from "./navigation.mjs";

const SERVICE = "payments";
const INSTANCE = "payments-1";
const WEIGHT = 300;
const POINTS = 3;
const POLICY = { service: { balancer: { algorithm: "SMOOTH_WEIGHTED_ROUND_ROBIN", slowStart: "0s" } } };

export async function movesAWeight(scene) {
  const { page, report, shoot } = scene;
  await choosesTheBalancer(scene);
  await page
    .getByRole("navigation", { name: "Parts of the service" })
    .getByRole("link", { name: "Instances" })
    .click();
  await page.getByLabel(`Weight of ${INSTANCE}`, { exact: true }).fill(String(WEIGHT));
  await page.getByLabel("Reason").fill("browser test: more to the first");
  await page.getByRole("button", { name: "Apply" }).click();
  report.figure(`weight of ${INSTANCE}`, await appliedByAll(page, `weight of ${INSTANCE}`));
  await shoot("weight-applied");
  const shares = await sharesAgree(page);
  report.figure(`shares of ${INSTANCE} in percent`, JSON.stringify(shares));
  await shoot("weight-observed");
  await shootLight(scene, "weight-observed");
}

async function choosesTheBalancer({ page, report, shoot }) {
  await openService(page, SERVICE, "Policy");
  await page.getByRole("button", { name: "Edit policy" }).click();
  await page.getByLabel("Policy document").fill(JSON.stringify(POLICY, null, 2));
  await page.getByLabel("Reason").fill("browser test: shares by weight");
  await page.getByRole("button", { name: "Save policy" }).click();
  report.figure("policy", await appliedIn(page.getByRole("status", { name: /^Acknowledgements of/ })));
  await shoot("policy-saved");
}

async function sharesAgree(page) {
  const row = page.getByRole("row", { name: new RegExp(INSTANCE) });
  return eventually(page, `observed within ${POINTS} points of configured and effective`, async () => {
    const text = await row.innerText();
    const share = (kind) => Number(new RegExp(`${kind}\\s*([\\d.]+)`).exec(text)?.[1] ?? Number.NaN);
    const shares = {
      configured: share("configured"),
      effective: share("effective"),
      observed: share("observed"),
    };
    const near = (kind) => Math.abs(shares[kind] - shares.configured) <= POINTS;
    const found = shares.configured > 50 && near("effective") && near("observed");
    return { found, value: found ? shares : JSON.stringify(shares) };
  });
}
