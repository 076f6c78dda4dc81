import { describe, expect, it } from "vitest";
import { diffLines, jsonLines } from "./lines";

const signs = (before: unknown, after: unknown) =>
  diffLines(jsonLines(before), jsonLines(after)).map((l) => `${l.kind[0]} ${l.text.trim()}`);

describe("diffLines", () => {
  it("marks what came and went, and keeps the rest", () => {
    expect(signs({ weight: 100, sticky: true }, { weight: 25, sticky: true })).toEqual([
      "s {",
      's "sticky": true,',
      'r "weight": 100',
      'a "weight": 25',
      "s }",
    ]);
  });

  it("shows creation and deletion whole", () => {
    expect(signs(null, { a: 1 })).toEqual(["a {", 'a "a": 1', "a }"]);
    expect(signs({ a: 1 }, null)).toEqual(["r {", 'r "a": 1', "r }"]);
  });

  it("sees no difference in another order of keys", () => {
    expect(
      signs({ a: 1, b: [{ d: 1, c: 2 }] }, { b: [{ c: 2, d: 1 }], a: 1 }).every((l) => l.startsWith("s")),
    ).toBe(true);
  });
});
