// Users and tokens of the mock console.
const DAY = 86_400_000;
const iso = (age) => new Date(Date.now() - age).toISOString();

export const createAccounts = () => ({
  users: [
    {
      name: "ada",
      role: "admin",
      services: [],
      createdAt: iso(90 * DAY),
      lastSignIn: iso(60_000),
      issuer: null,
    },
    {
      name: "grace",
      role: "operator",
      services: ["ledger", "payments"],
      createdAt: iso(40 * DAY),
      lastSignIn: iso(2 * DAY),
      issuer: "https://login.example/realms/ops",
    },
    { name: "linus", role: "viewer", services: [], createdAt: iso(3 * DAY), lastSignIn: null, issuer: null },
  ],
  tokens: [
    {
      id: "5f2c91d07a3e",
      name: "grafana",
      role: "viewer",
      services: [],
      createdAt: iso(30 * DAY),
      expiresAt: null,
      lastUsed: iso(8_000),
    },
    {
      id: "a81b22c9e4f0",
      name: "deploy-payments",
      role: "operator",
      services: ["payments"],
      createdAt: iso(20 * DAY),
      expiresAt: iso(-70 * DAY),
      lastUsed: iso(3 * 3_600_000),
    },
  ],
  changes: [
    {
      at: iso(3 * DAY),
      author: "ada",
      action: "user.create",
      subject: "linus",
      detail: "viewer of all services",
    },
    {
      at: iso(20 * DAY),
      author: "ada",
      action: "token.create",
      subject: "deploy-payments",
      detail: "a81b22c9e4f0, operator of payments",
    },
  ],
});

/** What is answered; undefined for paths of others. */
export function accountsAnswer(accounts, author, method, path, body) {
  const [head, id] = path.split("/").filter(Boolean).map(decodeURIComponent);
  const log = (action, subject, detail) =>
    accounts.changes.unshift({ at: new Date().toISOString(), author, action, subject, detail });
  const fail = (status, title, detail, extra = {}) => ({ status, problem: { title, detail, ...extra } });
  const route = `${method} /${head}`;
  switch (route) {
    case "GET /users":
      return { body: accounts.users };
    case "GET /tokens":
      return { body: accounts.tokens };
    case "GET /account-changes":
      return { body: accounts.changes };
    case "POST /users": {
      if (accounts.users.some((u) => u.name === body.name))
        return fail(409, "Conflict", `There is a user '${body.name}' already.`);
      const user = {
        name: body.name,
        role: body.role,
        services: body.services ?? [],
        createdAt: new Date().toISOString(),
        lastSignIn: null,
        issuer: null,
      };
      accounts.users.push(user);
      log("user.create", user.name, `${user.role} of ${user.services.join(", ") || "all services"}`);
      return { body: user };
    }
    case "PUT /users": {
      const user = accounts.users.find((u) => u.name === id);
      Object.assign(user, { role: body.role ?? user.role, services: body.services ?? user.services });
      log("user.change", id, `${user.role} of ${user.services.join(", ") || "all services"}`);
      return { body: user };
    }
    case "DELETE /users":
      if (id === "ada")
        return fail(409, "Conflict", "'ada' is the last admin. Make someone else an admin first.");
      accounts.users = accounts.users.filter((u) => u.name !== id);
      log("user.remove", id, "");
      return { status: 204 };
    case "POST /tokens": {
      const { name, role, services = [], ttlSeconds } = body;
      const token = {
        id: "c0ffee000001",
        name,
        role,
        services,
        createdAt: new Date().toISOString(),
        expiresAt: ttlSeconds ? iso(-ttlSeconds * 1000) : null,
        lastUsed: null,
      };
      accounts.tokens.push(token);
      log("token.create", name, `${token.id}, ${role} of ${services.join(", ") || "all services"}`);
      return { body: { ...token, secret: "cst_mock-9f3VbX2kQ7hT1cW8" } };
    }
    case "DELETE /tokens": {
      const token = accounts.tokens.find((t) => t.id === id);
      accounts.tokens = accounts.tokens.filter((t) => t.id !== id);
      log("token.end", token.name, id);
      return { status: 204 };
    }
    default:
      return undefined;
  }
}
