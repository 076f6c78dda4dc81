import { describe, expect, it } from "vitest";
import { parsePolicy, policyText, valueText } from "./policyText";

describe("policy text", () => {
  it("reads back what it wrote", () => {
    const policy = { service: { retry: { maxAttempts: 2 } } };
    expect(parsePolicy(policyText(policy))).toEqual({ policy });
  });

  it.each(["{", "[]", "3", "null", ""])("refuses %s with a reason", (text) => {
    expect(parsePolicy(text)).toHaveProperty("error");
  });

  it("shows a field's value as one reads it", () => {
    expect(valueText("10s")).toBe("10s");
    expect(valueText(["UNAVAILABLE", "ABORTED"])).toBe("UNAVAILABLE, ABORTED");
    expect(valueText({ QUERY: "1s", WRITE: "3s" })).toBe("QUERY 1s, WRITE 3s");
    expect(valueText(null)).toBe("–");
    expect(valueText(false)).toBe("false");
  });
});
