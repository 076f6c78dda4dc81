import { describe, expect, it } from "vitest";
import { parsePolicy, policyText } from "./policyText";

describe("policy text", () => {
  it("reads back what it wrote", () => {
    const policy = { service: { retry: { maxAttempts: 2 } } };
    expect(parsePolicy(policyText(policy))).toEqual({ policy });
  });

  it.each(["{", "[]", "3", "null", ""])("refuses %s with a reason", (text) => {
    expect(parsePolicy(text)).toHaveProperty("error");
  });
});
