import { describe, expect, it } from "vitest";
import { detail, instance } from "@/testing/fixtures";
import { changesOf, draftShares, evenly, isMissing, onlyChanged, withLive } from "./weights";

const weights = (configured: number, base = 100) => ({ ...detail("x").weight, configured, base });
const control = { reason: "r", author: "a", expiresAt: null, sticky: false, revision: 1 };

describe("weights", () => {
  it("drafts predict the shares", () => {
    const all = [detail("a", { weight: weights(100) }), detail("b", { weight: weights(100) })];
    expect(draftShares(all, { b: 25 })).toEqual({ a: 0.8, b: 0.2 });
  });

  it("what is gone or drained gets no share", () => {
    const all = [
      detail("a", { weight: weights(100) }),
      detail("b", { state: "gone", weight: weights(100) }),
      detail("c", { control: { ...control, drain: true }, weight: weights(100) }),
    ];
    expect(draftShares(all, {})).toEqual({ a: 1, b: 0, c: 0 });
    expect(draftShares([], {})).toEqual({});
  });

  it("evenly changes only what differs from the common base", () => {
    const all = [detail("a", { weight: weights(100) }), detail("b", { weight: weights(25) })];
    expect(evenly(all)).toEqual({ b: 100 });
    const mixed = [detail("a", { weight: weights(50, 50) }), detail("b", { weight: weights(70, 70) })];
    expect(evenly(mixed)).toEqual({ a: 100, b: 100 });
  });

  it("a draft back at the configured weight is no change", () => {
    expect(onlyChanged([detail("a", { weight: weights(100) })], { a: 100, b: 5 })).toEqual({ b: 5 });
  });

  it("the base weight lifts the override and keeps drain", () => {
    const all = [
      detail("a", { weight: weights(25), control: { ...control, weight: 25, drain: true, sticky: true } }),
    ];
    expect(changesOf(all, { a: 100 })).toEqual({
      a: { weight: null, drain: true, eject: false, sticky: true },
    });
    expect(changesOf(all, { a: 40 })).toEqual({ a: { weight: 40, drain: true, eject: false, sticky: true } });
  });

  it("the stream's state wins over the list's", () => {
    const merged = withLive([detail("p-10"), detail("p-9")], [instance("p-9", { state: "gone" })]);
    expect(merged.map((i) => [i.id, i.state])).toEqual([
      ["p-9", "gone"],
      ["p-10", "up"],
    ]);
    expect(isMissing([detail("a")], [instance("a"), instance("b")])).toBe(true);
    expect(isMissing([detail("a")], undefined)).toBe(false);
  });
});
