import { describe, expect, it } from "vitest";
import { signInSearch, tokenInHash } from "./search";

describe("sign-in links", () => {
  it("carry their token in the hash", () => {
    expect(tokenInHash("#token=a%2Bb")).toBe("a+b");
    expect(tokenInHash("")).toBeNull();
  });

  it("lead only to this console", () => {
    expect(signInSearch({ to: "/traces/1" }).to).toBe("/traces/1");
    expect(signInSearch({ to: "//evil.example" }).to).toBeUndefined();
    expect(signInSearch({ to: "https://evil.example" }).to).toBeUndefined();
  });

  it("say only what this console has words for", () => {
    expect(signInSearch({ problem: "no-role" }).problem).toBe("no-role");
    expect(signInSearch({ problem: "<b>call this number</b>" }).problem).toBeUndefined();
  });
});
