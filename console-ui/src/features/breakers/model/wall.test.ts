import { describe, expect, it } from "vitest";
import { breaker, forcedBy } from "@/testing/fixtures";
import { countLoud, loudness, wall } from "./wall";

describe("wall", () => {
  const closed = breaker({ caller: "a" });
  const open = breaker({ caller: "b", computed: "OPEN" });
  const half = breaker({ caller: "c", computed: "HALF_OPEN" });
  const forced = breaker({ caller: "d", forced: "OPEN" });
  const all = [closed, half, open, forced];

  it("keeps apart what has to be seen: forced, open, half-open", () => {
    expect(wall(all)).toEqual({ loud: [forced, open, half], quiet: [closed] });
  });

  it("shows what a whole edge holds once, and an instance that is open besides", () => {
    const held = { forced: "OPEN", forcedBy: forcedBy() } as const;
    const whole = breaker(held);
    const one = breaker({ ...held, method: "shop.Payments/Charge", instance: "payments-1" });
    const open = breaker({ ...one, instance: "payments-2", computed: "OPEN" });
    const byItself = breaker({ ...one, forcedBy: forcedBy({ instance: "payments-1" }) });
    expect(wall([whole, one, open])).toEqual({ loud: [open, whole], quiet: [] });
    expect(countLoud([whole, one])).toMatchObject({ forced: 1 });
    expect(wall([byItself]).loud).toEqual([byItself]);
  });

  it("tells the person's hand from the computed state", () => {
    expect(all.map(loudness)).toEqual(["quiet", "warn", "bad", "forced"]);
    expect(countLoud(all)).toEqual({ open: 1, halfOpen: 1, forced: 1 });
  });
});
