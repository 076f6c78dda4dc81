import { describe, expect, it } from "vitest";
import { breaker } from "@/testing/fixtures";
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

  it("tells the person's hand from the computed state", () => {
    expect(all.map(loudness)).toEqual(["quiet", "warn", "bad", "forced"]);
    expect(countLoud(all)).toEqual({ open: 1, halfOpen: 1, forced: 1 });
  });
});
