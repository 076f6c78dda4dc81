// Ways through the console that several steps take.

/** Clicks a word of the main navigation. */
export async function goTo(page, word) {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: word }).click();
  await page.getByRole("heading", { level: 1, name: word }).waitFor({ state: "attached" });
}

export async function openService(page, service, tab) {
  await goTo(page, "Services");
  await page.getByRole("main").getByRole("link", { name: service, exact: true }).first().click();
  await page
    .getByRole("navigation", { name: "Parts of the service" })
    .getByRole("link", { name: tab })
    .click();
}

export const boxOf = (page, service) => page.getByRole("button", { name: new RegExp(`^${service}: `) });

export const edgeOf = (page, caller, callee) =>
  page.getByRole("button", { name: new RegExp(`^${caller} to ${callee}: `) });

/** Calls per second in an edge's or a service's accessible name. */
export function rateIn(name) {
  const [, value, unit] = /([\d.]+)\s(k?)\/s/u.exec(name) ?? [];
  return value === undefined ? Number.NaN : Number(value) * (unit ? 1000 : 1);
}

/** Shows the page in the light theme, takes its picture, and goes back to the dark one. */
export async function shootLight({ page, shoot }, name) {
  await page.getByRole("button", { name: "Light theme" }).click();
  await page.getByRole("button", { name: "Dark theme" }).waitFor();
  await shoot(`${name}-light`);
  await page.getByRole("button", { name: "Dark theme" }).click();
  await page.getByRole("button", { name: "Light theme" }).waitFor();
}

/** The proof under a change, named by its words: every process concerned has applied it. */
export const appliedByAll = (page, change) =>
  appliedIn(page.getByRole("listitem").filter({ hasText: change }).first().getByRole("status"));

/** The proof itself, counted to the end. */
export async function appliedIn(proof) {
  const sentence = proof.getByText(/applied by ([1-9]\d*) \/ \1 in/);
  await sentence.waitFor();
  return (await sentence.innerText()).replaceAll("\u202f", " ");
}
