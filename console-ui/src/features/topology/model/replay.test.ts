import { describe, expect, it } from "vitest";
import type { PastMoment } from "@/lib/api/types";
import { columnsOf, indexOf, momentAt, stepsOf } from "./replay";

const moment = (second: number, over: Partial<PastMoment> = {}): PastMoment => ({
  at: new Date(Date.UTC(2026, 4, 4, 12, 0, second)).toISOString(),
  rate: 100,
  errorShare: 0,
  notUp: 0,
  breakers: 0,
  ...over,
});

describe("replay", () => {
  const moments = [moment(0), moment(10), moment(20)];

  it("shows the last moment up to the one asked for, or now", () => {
    expect(indexOf(moments, undefined)).toBe(3);
    expect(indexOf(moments, moment(15).at)).toBe(1);
    expect(indexOf(moments, moment(59).at)).toBe(2);
    expect(indexOf(moments, "2020-01-01T00:00:00Z")).toBe(-1);
    expect(momentAt(moments, 3)).toBeUndefined();
    expect(momentAt(moments, -1)).toBe(moments[0]?.at);
    expect(momentAt([], 0)).toBeUndefined();
  });

  it("goes by steps and by minutes", () => {
    expect(stepsOf("ArrowLeft", false, 10)).toBe(-1);
    expect(stepsOf("ArrowRight", true, 10)).toBe(6);
    expect(stepsOf("PageUp", false, 10)).toBe(6);
    expect(stepsOf("Home", false, 10)).toBeNull();
  });

  it("draws rates by height, and sees one failure in a hundred", () => {
    const columns = columnsOf([moment(0, { rate: 50, errorShare: 0.01 }), moment(10, { breakers: 1 })]);
    expect(columns[0]).toMatchObject({ height: 0.5, failed: 0.12, trouble: false });
    expect(columns[1]).toMatchObject({ height: 1, failed: 0, trouble: true });
    expect(columnsOf([moment(0, { rate: 0 })])[0]?.height).toBe(0);
  });
});
