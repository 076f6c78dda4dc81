import { describe, expect, it } from "vitest";
import { applyCommand, elapsed, guarded, hasLimit, towards, USUAL_GUARD } from "./guard";

describe("a guard", () => {
  it("is a part of the document that is saved", () => {
    const policy = { service: {} };
    expect(guarded(policy, null)).toBe(policy);
    expect(guarded(policy, { errorPercent: 7, p99Millis: 250, seconds: 300 })).toEqual({
      service: {},
      guard: { maxErrorShare: 0.07, maxP99: "0.25s", duration: "300s" },
    });
    expect(guarded(policy, USUAL_GUARD)).toEqual({
      service: {},
      guard: { maxErrorShare: 0.05, duration: "60s" },
    });
  });

  it("has an equal command, with a reason that a shell leaves alone", () => {
    expect(applyCommand("orders", "it's slow", null)).toBe(
      "clearspan ctl policy apply orders -f policy.json --reason 'it'\\''s slow'",
    );
    expect(applyCommand("orders", "", USUAL_GUARD)).toContain("--guard-errors 0.05 --guard-for 60s");
  });

  it("needs a limit, and says how near it is", () => {
    expect(hasLimit(USUAL_GUARD)).toBe(true);
    expect(hasLimit({ ...USUAL_GUARD, errorPercent: null })).toBe(false);
    expect(towards(0.01, 0.05)).toBeCloseTo(0.2);
    expect(towards(0.5, 0.05)).toBe(1);
    expect(towards(null, 0.05)).toBeNull();
  });

  it("runs out", () => {
    const guard = { since: "2026-01-01T00:00:00Z", until: "2026-01-01T00:01:00Z" } as never;
    expect(elapsed({ guard }, Date.parse("2026-01-01T00:00:15Z"))).toBe(0.25);
    expect(elapsed({ guard }, Date.parse("2026-01-01T00:09:00Z"))).toBe(1);
  });
});
