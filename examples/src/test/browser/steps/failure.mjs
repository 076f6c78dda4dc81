// Point 4: from a failed call in a list to its waterfall, by its trace ID.
import { eventually } from "../browser.mjs";
import { edgeOf, goTo, shootLight } from "./navigation.mjs";

const SERVICES = ["orders", "payments"];

export async function findsAFailedCall(scene) {
  const { page, report, shop, shoot } = scene;
  await shop.setFailShare("payments", 0.8);
  try {
    await goTo(page, "Topology");
    await edgeOf(page, "orders", "payments").click();
    const traceId = await copiesATraceId(page);
    report.figure("trace ID copied from the newest failures", traceId);
    await shoot("failures");
    await pastesIntoSearch(page, traceId);
    report.figure("the trace says", await page.getByRole("heading", { level: 1 }).innerText());
    await seesTheWaterfall(scene);
  } finally {
    await shop.setFailShare("payments", 0);
  }
}

/** Of a call that was tried more than once: its message says so. */
async function copiesATraceId(page) {
  const panel = page.getByRole("complementary", { name: "orders to payments" });
  const failures = panel.getByRole("listitem").filter({ hasText: /\d attempts/ });
  const copy = failures.first().getByRole("button", { name: /copy [0-9a-f]{32}$/ });
  await copy.waitFor();
  const [traceId] = /[0-9a-f]{32}$/.exec(await copy.getAttribute("aria-label"));
  await copy.click();
  return traceId;
}

async function pastesIntoSearch(page, traceId) {
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Control+v");
  await page.getByRole("option", { name: traceId }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/traces/${traceId}`);
}

async function seesTheWaterfall(scene) {
  const { page, report, shoot } = scene;
  for (const service of SERVICES) {
    await page.getByRole("main").getByRole("button", { name: new RegExp(`^${service}`) }).first().waitFor();
  }
  const attempts = page.getByRole("button", { name: /^attempt \d on payments-\d/ });
  await attempts.nth(1).waitFor();
  report.figure("attempts shown", await attempts.count());
  await barsAreDrawn(page);
  await attempts.first().click();
  await page.getByRole("complementary").waitFor();
  await shoot("trace");
  await shootLight(scene, "trace");
}

/** The bars are on a canvas: something must be painted there. */
async function barsAreDrawn(page) {
  await eventually(page, "bars painted beside the names", async () => {
    const value = await page.getByRole("main").locator("canvas").last().evaluate(paintedPixels);
    return { found: value > 0, value };
  });
}

function paintedPixels(canvas) {
  const { width, height } = canvas;
  if (width === 0 || height === 0) return 0;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  return data.filter((value, index) => index % 4 === 3 && value > 0).length;
}
