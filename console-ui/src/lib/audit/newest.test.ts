import { expect, it } from "vitest";
import { newestRevisions } from "./newest";

it("finds the newest revision of each service that was changed of late", () => {
  const rows = [
    { service: "payments", revision: 9, at: "2026-01-01T01:00:00Z" },
    { service: "payments", revision: 8, at: "2026-01-01T00:59:00Z" },
    { service: "orders", revision: 3, at: "2025-12-31T00:00:00Z" },
    { service: "", revision: 0, at: "2026-01-01T01:00:00Z" },
  ];
  expect(newestRevisions(rows, Date.parse("2026-01-01T00:30:00Z"))).toEqual([
    { service: "payments", revision: 9 },
  ]);
});
