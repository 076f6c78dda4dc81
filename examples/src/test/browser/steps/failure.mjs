// Point 4: from a failed call in a list to its waterfall, by its trace ID.
import { eventually } from "../browser.mjs";
import { edgeOf, goTo, shootLight } from "./navigation.mjs";

const SERVICES = ["storefront", "orders", "payments"];
/** Low enough that the breaker leaves some calls through. */
const FAIL_SHARE = 0.3;

export async function findsAFailedCall(scene) {
  const { page, report, shop, shoot } = scene;
  await shop.setFailShare("payments", FAIL_SHARE);
  try {
    await goTo(page, "Topology");
    await edgeOf(page, "orders", "payments").click();
    const traceId = await copiesATraceId(page);
    report.figure("trace ID copied from the newest failures", traceId);
    await shoot("failures");
    await pastesIntoSearch(page, traceId);
    await seesTheWaterfall(scene);
    await shoot("trace-failed");
    await shootLight(scene, "trace-failed");
  } finally {
    await shop.setFailShare("payments", 0);
  }
}

/** Of a call that reached an instance, which failed it. */
async function copiesATraceId(page) {
  const panel = page.getByRole("complementary", { name: "orders to payments" });
  const failures = panel.getByRole("listitem").filter({ hasText: /injected by shop\.Faults/ });
  const copy = failures.first().getByRole("button", { name: /copy [0-9a-f]{32}$/ });
  await copy.waitFor();
  const [traceId] = /[0-9a-f]{32}$/.exec(await copy.getAttribute("aria-label"));
  await copy.click();
  const copied = await page.evaluate("navigator.clipboard.readText()");
  if (copied !== traceId) throw new Error(`copied: ${copied} (expected: ${traceId})`);
  return traceId;
}

async function pastesIntoSearch(page, traceId) {
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Control+v");
  await page.getByRole("option", { name: traceId }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/traces/${traceId}`);
}

async function seesTheWaterfall({ page, report }) {
  for (const service of SERVICES) {
    await page
      .getByRole("main")
      .getByRole("button", { name: new RegExp(`^${service}`) })
      .first()
      .waitFor();
  }
  report.figure(
    "the trace says",
    (await page.getByRole("heading", { level: 1 }).innerText()).replaceAll("\u202f", " "),
  );
  await barsAreDrawn(page);
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

/** payments-3 fails 3 % of its calls, which then succeed elsewhere: each attempt has its bar. */
export async function seesARetriedCall(scene) {
  const { page, report, shoot } = scene;
  await goTo(page, "Traces");
  await page.getByRole("search").getByText("Failed", { exact: true }).click();
  const row = page
    .getByRole("row")
    .filter({ hasText: /injected by shop\.Faults/ })
    .first();
  await row.getByRole("rowheader").getByRole("link").click();
  const attempts = page.getByRole("button", { name: /^attempt \d on payments-\d/ });
  await attempts.nth(1).waitFor();
  report.figure(
    "attempts of a retried call",
    (await attempts.allInnerTexts()).join("; ").replaceAll(/\s+/g, " "),
  );
  await barsAreDrawn(page);
  await attempts.first().click();
  await page.getByRole("complementary").waitFor();
  await shoot("trace-retried");
  await shootLight(scene, "trace-retried");
}
