import { describe, expect, it } from "vitest";
import { problem, serve } from "@/testing/render";
import { changeFrom, controlRequest, curlCommand, putControls, putPolicy } from "./changes";
import { ApiError, get, pathWithQuery, setCsrfToken } from "./client";

describe("requests", () => {
  it("change one instance by its own path, several in one transaction", () => {
    expect(controlRequest("payments", { "a/b": { weight: 25 } }, "slow", 60)).toEqual({
      path: "/services/payments/instances/a%2Fb/control",
      body: { weight: 25, reason: "slow", ttlSeconds: 60 },
    });
    const two = { a: { weight: 1 }, b: { weight: null } };
    expect(controlRequest("payments", two, "even", null)).toEqual({
      path: "/services/payments/control",
      body: { reason: "even", ttlSeconds: null, instances: two },
    });
  });

  it("carry the CSRF token when they change something", async () => {
    const sent = serve({ "PUT /services/payments/instances/a/control": { revision: 1 } });
    setCsrfToken("token");
    await putControls("payments", { a: { weight: 1 } }, "why", null);
    expect(sent[0]?.headers["X-CSRF-Token"]).toBe("token");
  });

  it("name the revision a policy is based on", async () => {
    const sent = serve({ "PUT /services/payments/policy": { revision: 2 } });
    await putPolicy("payments", { service: {} }, 455, "longer deadline");
    expect(sent[0]?.headers["If-Match"]).toBe('"455"');
    expect(sent[0]?.path).toBe("/services/payments/policy?reason=longer+deadline");
  });

  it("leave out what is not asked for", () => {
    expect(pathWithQuery("/audit", { service: "a b", author: undefined, limit: 5, action: "" })).toBe(
      "/audit?service=a+b&limit=5",
    );
  });

  it("fail with the server's problem", async () => {
    serve({ "GET /services": () => problem(422, "found -1, expected 0 to 10,000", { field: "weight" }) });
    const error = await get("/services").catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).problem).toMatchObject({ status: 422, field: "weight" });
    expect((error as ApiError).message).toBe("found -1, expected 0 to 10,000");
  });

  it("say so when the answer is no problem document", async () => {
    serve({ "GET /services": () => new Response("<html>", { status: 502, statusText: "Bad Gateway" }) });
    await expect(get("/services")).rejects.toThrow("The console answered 502");
  });

  it("say so when nothing answers", async () => {
    globalThis.fetch = () => Promise.reject(new TypeError("failed"));
    await expect(get("/services")).rejects.toThrow("did not answer");
  });
});

describe("commands and undo", () => {
  it("a command keeps the token out and quotes for the shell", () => {
    const command = curlCommand("PUT", "/services/p/breakers", { reason: "bank's down" });
    expect(command).toContain('"$CLEARSPAN_CONSOLE/api/v1/services/p/breakers"');
    expect(command).toContain("$CLEARSPAN_TOKEN");
    expect(command).toContain(`--json '{"reason":"bank'\\''s down"}'`);
  });

  it("undo restores what was there", () => {
    expect(changeFrom(null)).toEqual({});
    const control = { weight: 50, reason: "", author: "", expiresAt: null, sticky: true, revision: 3 };
    expect(changeFrom(control)).toEqual({ weight: 50, drain: false, eject: false, sticky: true });
  });
});
