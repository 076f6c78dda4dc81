import { describe, expect, it } from "vitest";
import { rangesWithin } from "./search";

describe("ranges", () => {
  it("are those that the metric store is asked back for", () => {
    expect(rangesWithin(900)).toEqual(["15m"]);
    expect(rangesWithin(6 * 3600)).toEqual(["15m", "1h", "6h"]);
    expect(rangesWithin(15 * 86_400)).toEqual(["15m", "1h", "6h", "24h", "7d"]);
  });
});
