import { describe, expect, it } from "vitest";
import { maySteer } from "./rights";

describe("maySteer", () => {
  it("viewers and strangers steer nothing, admins everything", () => {
    expect(maySteer(undefined, "payments")).toBe(false);
    expect(maySteer({ role: "viewer", services: [] }, "payments")).toBe(false);
    expect(maySteer({ role: "admin", services: [] }, "payments")).toBe(true);
  });

  it("an operator without names steers every service, with names those", () => {
    expect(maySteer({ role: "operator", services: [] }, "payments")).toBe(true);
    expect(maySteer({ role: "operator", services: ["payments"] }, "payments")).toBe(true);
    expect(maySteer({ role: "operator", services: ["payments"] }, "payments-2")).toBe(false);
  });

  it("a star at the end means all that begin so", () => {
    const user = { role: "operator", services: ["pay*"] } as const;
    expect(maySteer({ ...user, services: [...user.services] }, "payments")).toBe(true);
    expect(maySteer({ ...user, services: [...user.services] }, "orders")).toBe(false);
  });
});
