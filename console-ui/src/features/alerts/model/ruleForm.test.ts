import { describe, expect, it } from "vitest";
import { applyCommand, flaws, mayEdit, maySilence, newRule, silenceCommand, withKind } from "./ruleForm";

const user = (role: "viewer" | "operator" | "admin", services: string[] = []) => ({
  name: "ada",
  role,
  services,
  kind: "user" as const,
});

describe("a rule in the form", () => {
  it("drops what another kind does not take", () => {
    const rule = { ...newRule("orders"), target: { service: "orders", method: "shop.A/B", caller: "web" } };
    const outage = withKind(rule, "instance_outage");
    expect(outage.target).toEqual({ service: "orders", method: "", caller: "" });
    expect(outage.condition).toMatchObject({ unit: "seconds", windowSeconds: 0, minCalls: 0 });
    expect(withKind(outage, "latency_p99").condition).toMatchObject({
      unit: "ms",
      windowSeconds: 30,
      minCalls: 1,
    });
    expect(withKind(rule, "intake_refused").target.service).toBe("");
  });

  it("names what the server would refuse", () => {
    const good = { ...newRule("orders"), id: "orders-fail" };
    expect(flaws(good)).toEqual([]);
    expect(flaws(newRule(""))).toEqual(["id"]);
    expect(flaws({ ...good, condition: { ...good.condition, threshold: 101 } })).toEqual(["threshold"]);
    expect(flaws({ ...good, condition: { ...good.condition, threshold: Number.NaN } })).toEqual([
      "threshold",
    ]);
    expect(flaws({ ...good, runbookUrl: "javascript:alert(1)" })).toEqual(["runbookUrl"]);
  });

  it("is what the command stores", () => {
    const command = applyCommand({ ...newRule("orders"), id: "orders-fail" }, "it's time");
    expect(command).toContain("alert-rule apply orders-fail -f - --reason 'it'\\''s time' <<'EOF'");
    expect(command).toContain('"kind": "error_share"');
    expect(silenceCommand("r", "", 900, "x")).toBe(
      "clearspan ctl silence add --rule r --for 900s --reason 'x'",
    );
  });
});

describe("who may", () => {
  it("edit: admins all, operators those of their services", () => {
    expect(mayEdit(user("admin"), "")).toBe(true);
    expect(mayEdit(user("operator"), "")).toBe(false);
    expect(mayEdit(user("operator"), "orders")).toBe(true);
    expect(mayEdit(user("operator", ["orders"]), "payments")).toBe(false);
    expect(mayEdit(user("viewer"), "orders")).toBe(false);
  });

  it("silence: whoever steers all services, all of them", () => {
    expect(maySilence(user("operator"), "")).toBe(true);
    expect(maySilence(user("operator", ["orders"]), "")).toBe(false);
    expect(maySilence(user("operator", ["orders"]), "orders")).toBe(true);
    expect(maySilence(undefined, "orders")).toBe(false);
  });
});
