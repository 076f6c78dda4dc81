import { afterEach, describe, expect, it } from "vitest";
import { takeLeft } from "./leaving";

const left = (what: object) => sessionStorage.setItem("clearspan.left", JSON.stringify(what));

describe("takeLeft", () => {
  afterEach(() => sessionStorage.clear());

  it("tells once that the provider's session ended, too", () => {
    left({ state: "s1", issuer: null });
    expect(takeLeft("s1")).toEqual({ at: "both" });
    expect(takeLeft("s1")).toBeNull();
  });

  it("tells nothing of another's state, or without one", () => {
    left({ state: "s1", issuer: null });
    expect(takeLeft("s2")).toBeNull();
    left({ state: "s1", issuer: null });
    expect(takeLeft(undefined)).toBeNull();
    left({ state: null, issuer: null });
    expect(takeLeft(undefined)).toBeNull();
  });

  it("tells where a session is left", () => {
    left({ state: null, issuer: "https://login.example" });
    expect(takeLeft(undefined)).toEqual({ at: "here", issuer: "https://login.example" });
  });
});
