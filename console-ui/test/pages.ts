import type { Locator, Page } from "playwright-core";

interface Place {
  path: string;
  ready: (page: Page) => Locator;
}

/** Each page with what proves that its data has arrived. */
export const PAGES: Record<string, Place> = {
  health: { path: "/", ready: (p) => p.getByRole("heading", { name: "Changes of the last hour" }) },
  method: {
    path: "/services/payments/methods/shop.Payments/Charge",
    ready: (p) => p.getByRole("img", { name: /^Latency of / }),
  },
  instance: { path: "/instances/payments-2", ready: (p) => p.getByRole("img", { name: /^Latency of / }) },
  nowhere: { path: "/nowhere", ready: (p) => p.getByText("There is no such page") },
  topology: { path: "/topology", ready: (p) => p.getByRole("button", { name: /^ledger: / }) },
  edge: {
    path: "/topology?select=orders%3Epayments",
    ready: (p) => p.getByRole("img", { name: /^Latency of / }),
  },
  services: { path: "/services", ready: (p) => p.getByRole("link", { name: "ledger" }) },
  overview: { path: "/services/payments", ready: (p) => p.getByRole("img", { name: /^Latency of / }) },
  instances: {
    path: "/services/payments/instances",
    ready: (p) => p.getByLabel("Weight of payments-3", { exact: true }),
  },
  methods: { path: "/services/payments/methods", ready: (p) => p.getByText("shop.Payments/Refund") },
  api: { path: "/services/payments/api", ready: (p) => p.getByText("int64, now string") },
  invoke: {
    path: "/invoke?service=payments&method=shop.Payments%2FCharge",
    ready: (p) => p.getByRole("textbox", { name: "orderId" }),
  },
  policy: {
    path: "/services/payments/policy",
    ready: (p) => p.getByRole("cell", { name: "SMOOTH_WEIGHTED_ROUND_ROBIN" }),
  },
  breakers: { path: "/breakers", ready: (p) => p.getByRole("article", { name: /payments to ledger/ }) },
  alerts: { path: "/alerts", ready: (p) => p.getByRole("rowheader", { name: /Orders are slow/ }).first() },
  traces: { path: "/traces", ready: (p) => p.getByRole("link", { name: /Checkout/ }).first() },
  missing: {
    path: "/traces/48cf1f7392731c6c7f29ce4117c02841",
    ready: (p) => p.getByRole("heading", { name: "This trace is not here" }),
  },
  metrics: { path: "/metrics", ready: (p) => p.getByRole("img", { name: "Latency of ledger over time" }) },
  system: { path: "/system", ready: (p) => p.getByText("Reaches back") },
  account: { path: "/settings", ready: (p) => p.getByRole("button", { name: "Change password" }) },
  users: { path: "/settings/users", ready: (p) => p.getByRole("rowheader", { name: "grace" }) },
  tokens: { path: "/settings/tokens", ready: (p) => p.getByRole("rowheader", { name: "grafana" }) },
  audit: { path: "/audit", ready: (p) => p.getByRole("button", { name: "policy changed" }) },
};
