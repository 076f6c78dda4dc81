import { describe, expect, it } from "vitest";
import { huesOf, hueToken } from "./hues";

const SHOP = ["storefront", "orders", "inventory", "payments", "ledger", "shipping"];
const MANY = Array.from({ length: 30 }, (_, n) => `service-${n}`);

describe("hues", () => {
  it("are different for up to ten services that are shown together", () => {
    for (let from = 0; from + 10 <= MANY.length; from++) {
      expect(new Set(huesOf(MANY.slice(from, from + 10)).values()).size).toBe(10);
    }
    expect(new Set(huesOf(SHOP).values()).size).toBe(SHOP.length);
  });

  it("are the same in whatever order services are met", () =>
    expect([...huesOf([...SHOP].reverse())].sort()).toEqual([...huesOf(SHOP)].sort()));

  it("are shared by more, each with its own", () => {
    const hues = huesOf(MANY);
    expect(new Set(hues.values()).size).toBe(10);
    expect(hues.get("service-7")).toBeLessThan(10);
  });

  it("name a token, also of what was not met", () => {
    expect(hueToken(huesOf(["a"]), "a")).toMatch(/^--hue-[0-9]$/);
    expect(hueToken(huesOf([]), "a")).toBe("--hue-0");
  });
});
