// A history for the pictures: what an evening with a failing bank leaves behind, made by the public API alone.

const FAIL_SHARES = { "payments-1": 0.12, "payments-2": 0.12, "payments-3": 0.4 };

const POLICY = {
  service: {
    balancer: { algorithm: "SMOOTH_WEIGHTED_ROUND_ROBIN", slowStart: "10s" },
    retry: { maxAttempts: 3, initialBackoff: "0.050s" },
    breaker: { consecutiveFailures: 5, failureRate: 0.5, minimumCalls: 20, window: "10s", open: "5s" },
  },
  methods: { "shop.Payments/Charge": { deadline: { timeout: "2s" } } },
};

/** Changes with their reasons, accounts, and calls that fail at last; what of it has a page of its own. */
export async function history(page, minutes) {
  const api = (method, path, body, headers = {}) =>
    page.evaluate(call, { method, path: `/api/v1${path}`, body, headers });
  const steps = [
    ["PUT", "/services/shipping/breakers", force("orders", "OPEN", "carrier maintenance until 14:00")],
    [
      "POST",
      "/users",
      { name: "grace", password: "long enough to be safe", role: "operator", services: ["payments"] },
    ],
    ["POST", "/users", { name: "linus", password: "long enough to be safe", role: "viewer" }],
    [
      "POST",
      "/tokens",
      { name: "deploy-payments", role: "operator", services: ["payments"], ttlSeconds: 7_776_000 },
    ],
    ["POST", "/tokens", { name: "grafana", role: "viewer" }],
    ["PUT", "/services/shipping/breakers", force("orders", "AUTO", "carrier is back")],
    [
      "PUT",
      "/services/inventory/instances/inventory-1/control",
      { weight: 50, reason: "canary at half weight", ttlSeconds: 5_400 },
    ],
  ];
  for (const [method, path, body] of steps) await api(method, path, body);
  const { revision } = await api("GET", "/services/payments/policy");
  const reason = encodeURIComponent("charge needs more than 1 s since the bank moved");
  await api("PUT", `/services/payments/policy?reason=${reason}`, POLICY, { "If-Match": `"${revision}"` });
  await page.waitForTimeout((minutes - 1.5) * 60_000);
  await failing(api);
  await page.waitForTimeout(1.5 * 60_000);
  const failures = await api("GET", "/failures?limit=50");
  return { failed: failures[0]?.traceId };
}

const force = (caller, state, reason) => ({
  caller,
  state,
  reason,
  ...(state === "AUTO" ? {} : { ttlSeconds: 900 }),
});

/** The bank fails a part of the charges: the shop's own switch, not the console's. */
async function failing(api) {
  const instances = await api("GET", "/services/payments/instances");
  for (const [id, failShare] of Object.entries(FAIL_SHARES)) {
    const { host, port } = instances.find((instance) => instance.id === id) ?? {};
    if (!port) throw new Error(`${id}: not in the registry (expected: an instance of the demo shop)`);
    await fetch(`http://${host}:${port}/shop.Faults/Set`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ failShare }),
    });
  }
}

/** Runs in the page, with its session. */
async function call({ method, path, body, headers }) {
  const session = await (await fetch("/api/v1/session")).json();
  const response = await fetch(path, {
    method,
    headers: { "content-type": "application/json", "X-CSRF-Token": session.csrfToken, ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : null;
}
