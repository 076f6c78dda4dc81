import { describe, expect, it } from "vitest";
import { isWeight } from "./weight";

describe("a weight", () => {
  it("is a whole number from 0 to 10,000", () => {
    expect([0, 10_000].every(isWeight)).toBe(true);
    expect([-1, 10_001, 1.5, "5", ""].some(isWeight)).toBe(false);
  });
});
