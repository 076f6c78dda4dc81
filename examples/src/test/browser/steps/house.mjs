// The console about itself: what it takes in, and a key for a program, made and ended by clicking.
import { eventually } from "../browser.mjs";
import { goTo, shootLight } from "./navigation.mjs";

const TOKEN = "browser-test";

export async function seesTheConsoleItself(scene) {
  await seesWhatIsTakenIn(scene);
  await makesAndEndsAToken(scene);
}

async function seesWhatIsTakenIn(scene) {
  const { page, report, shoot } = scene;
  await goTo(page, "System");
  const rate = await eventually(page, "spans that come in", async () => {
    const value = await statOf(page, "Spans");
    return { found: Number.parseFloat(value) > 0, value };
  });
  report.figure("spans taken in", rate.replaceAll("\u202f", " "));
  report.figure("spans dropped since the start", await statOf(page, "Dropped since start"));
  await shoot("system");
  await shootLight(scene, "system");
}

const statOf = (page, name) =>
  page.locator("dt", { hasText: new RegExp(`^${name}$`) }).locator("xpath=../dd").innerText();

async function makesAndEndsAToken(scene) {
  const { page, report, shoot } = scene;
  await goTo(page, "Settings");
  await shoot("account");
  await page
    .getByRole("navigation", { name: "Parts of the settings" })
    .getByRole("link", { name: "Tokens" })
    .click();
  await page.getByRole("button", { name: "Make a token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(TOKEN);
  await dialog.getByRole("button", { name: "Make a token" }).click();
  const secret = (await page.getByRole("region", { name: "Secret of the token" }).innerText()).trim();
  await page.getByRole("button", { name: "I have stored it" }).click();
  report.figure("token, used", await answered(page, secret, 200));
  await page.getByRole("row", { name: new RegExp(TOKEN) }).first().waitFor();
  await shoot("tokens");
  await shootLight(scene, "tokens");
  await page.getByRole("button", { name: `End ${TOKEN}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End" }).click();
  await page.getByText("token.end").waitFor();
  report.figure("token, ended", await answered(page, secret, 401));
}

/** What the public API answers to a program with this token. */
async function answered(page, secret, expected) {
  const { status } = await fetch(new URL("/api/v1/topology", page.url()), {
    headers: { authorization: `Bearer ${secret}` },
  });
  if (status !== expected) throw new Error(`HTTP ${status} (expected: ${expected})`);
  return `HTTP ${status}`;
}
