// Point 5, without Grafana: charts per service; and the audit log of what was done here.
import { goTo, shootLight } from "./navigation.mjs";

const CHARTS = ["Rate", "Errors", "Latency"];

export async function seesCharts(scene) {
  const { page, report, shoot } = scene;
  await goTo(page, "Metrics");
  for (const chart of CHARTS) {
    await page.getByRole("img", { name: `${chart} of payments over time` }).waitFor();
  }
  report.figure("charts", await page.getByRole("img", { name: / over time$/ }).count());
  await shoot("metrics");
  await shootLight(scene, "metrics");
  await goTo(page, "Traces");
  await page
    .getByRole("button", { name: /copy [0-9a-f]{32}$/ })
    .first()
    .waitFor();
  await shoot("traces");
  await goTo(page, "Audit");
  await page.getByText("browser test: the bank is back").waitFor();
  report.figure("audit log", "holds the changes made here, with their reasons");
  await shoot("audit");
}
