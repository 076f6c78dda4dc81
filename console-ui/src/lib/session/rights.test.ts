import { describe, expect, it } from "vitest";
import { covers, type Rights, steers } from "./rights";

const user = (role: Rights["role"], ...services: string[]): Rights => ({ role, services });

describe("rights", () => {
  it("an empty list means all services, a star all that begin so", () => {
    expect(covers([], "orders")).toBe(true);
    expect(covers(["orders"], "orders")).toBe(true);
    expect(covers(["orders"], "orders-2")).toBe(false);
    expect(covers(["pay*"], "payments")).toBe(true);
    expect(covers(["pay*"], "orders")).toBe(false);
  });

  it("viewers steer nothing, operators what they are for, admins all", () => {
    expect(steers(undefined, "orders")).toBe(false);
    expect(steers(user("viewer"), "orders")).toBe(false);
    expect(steers(user("operator"), "orders")).toBe(true);
    expect(steers(user("operator", "pay*"), "orders")).toBe(false);
    expect(steers(user("admin"), "orders")).toBe(true);
  });
});
