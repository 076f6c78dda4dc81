// What is shown of the console: its address, who looks at it, and what is done there first.

/** `outside`: not signed in. `fresh`: of a console that nobody has set up yet. */
export const PAGES = {
  health: { path: () => "/" },
  topology: { path: () => "/topology" },
  edge: { path: () => "/topology?select=orders%3Epayments" },
  services: { path: () => "/services" },
  service: { path: () => "/services/payments" },
  instances: { path: () => "/services/payments/instances" },
  methods: { path: () => "/services/payments/methods" },
  api: { path: () => "/services/payments/api" },
  policy: { path: () => "/services/payments/policy" },
  method: { path: () => "/services/payments/methods/shop.Payments/Charge" },
  instance: { path: () => "/instances/payments-3" },
  breakers: { path: () => "/breakers" },
  alerts: { path: () => "/alerts" },
  traces: { path: () => "/traces" },
  trace: { path: ({ failed }) => `/traces/${failed}` },
  metrics: { path: () => "/metrics" },
  invoke: { path: () => "/invoke?service=inventory&method=shop.Inventory%2FCheck", after: send },
  audit: { path: () => "/audit" },
  system: { path: () => "/system" },
  account: { path: () => "/settings" },
  users: { path: () => "/settings/users" },
  tokens: { path: () => "/settings/tokens" },
  search: { path: () => "/services", after: search },
  "sign-in": { path: () => "/sign-in", outside: true },
  "first-start": { path: () => "/setup#token=c3RhcnQtaGVyZS1vbmNl", outside: true, fresh: true },
  missing: { path: () => "/nowhere" },
};

async function send(page) {
  await page.getByRole("textbox", { name: "sku" }).fill("tea-01");
  const button = page.getByRole("button", { name: "Send", exact: true });
  await button.waitFor();
  await button.click();
  await page.getByRole("link", { name: "See the trace" }).waitFor({ timeout: 10_000 });
}

async function search(page) {
  await page.keyboard.press("Control+k");
  await page.keyboard.insertText("payments");
  await page.getByRole("option", { name: /^Edit policy/ }).waitFor();
}
