// The main job by clicking: see the shop, move a weight, hold a breaker, find a failed call.
// Environment: SIGN_IN_LINK, SHOP_CONTROL, UI_MODULE, SCREENSHOTS, CHROMIUM.
import { openConsole } from "./browser.mjs";
import { Report } from "./report.mjs";
import { Shop } from "./shop.mjs";
import { forcesABreaker } from "./steps/breaker.mjs";
import { findsAFailedCall, seesARetriedCall } from "./steps/failure.mjs";
import { seesTheConsoleItself } from "./steps/house.mjs";
import { seesCharts } from "./steps/metrics.mjs";
import { seesTheTopology } from "./steps/topology.mjs";
import { movesAWeight } from "./steps/weight.mjs";

const STEPS = {
  seesTheTopology,
  movesAWeight,
  seesARetriedCall,
  forcesABreaker,
  findsAFailedCall,
  seesCharts,
  seesTheConsoleItself,
};

function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name}: not set (expected: by the test that starts this script)`);
  return value;
}

const visit = await openConsole({
  signIn: setting("SIGN_IN_LINK"),
  chromium: setting("CHROMIUM"),
  uiModule: setting("UI_MODULE"),
  screenshots: setting("SCREENSHOTS"),
});
const report = new Report();
try {
  const scene = { ...visit, report, shop: new Shop(setting("SHOP_CONTROL")) };
  for (const [name, step] of Object.entries(STEPS)) {
    report.begin(name);
    await step(scene);
  }
  if (visit.complaints.length > 0) {
    throw new Error(`expected no error in the browser; found:\n${visit.complaints.join("\n")}`);
  }
  report.end();
} catch (error) {
  await visit.shoot("failed");
  report.fail(error, visit);
  process.exitCode = 1;
} finally {
  await visit.browser.close();
}
