import { describe, expect, it } from "vitest";
import { shortenMiddle, shortMethod, traceIdIn } from "./id";
import { bytes, count, millis, plain, rate, share } from "./quantity";
import { ago, exact, span, until } from "./time";

const text = (q: { value: string; unit: string }) => `${q.value} ${q.unit}`.trim();

describe("quantities", () => {
  it.each([
    [0, "0 /s"],
    [0.004, "<0.01 /s"],
    [0.25, "0.25 /s"],
    [3.149, "3.1 /s"],
    [66.04, "66 /s"],
    [212.6, "213 /s"],
    [999.7, "1 k/s"],
    [12_400, "12.4 k/s"],
    [1_500_000, "1.5 M/s"],
  ])("a rate of %s is %s", (value, expected) => expect(text(rate(value))).toBe(expected));

  it.each([
    [null, "–"],
    [0.02, "20 µs"],
    [0.9996, "1 ms"],
    [3.44, "3.4 ms"],
    [41.2, "41.2 ms"],
    [240.4, "240 ms"],
    [1_240, "1.2 s"],
    [180_000, "3 min"],
  ])("%s ms is %s", (value, expected) => expect(text(millis(value))).toBe(expected));

  it.each([
    [null, "–"],
    [0, "0 %"],
    [0.0004, "<0.1 %"],
    [0.014, "1.4 %"],
    [0.336, "34 %"],
    [1, "100 %"],
  ])("a share of %s is %s", (value, expected) => expect(text(share(value))).toBe(expected));

  it.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [48_233_111, "46 MiB"],
    [2 ** 31, "2 GiB"],
  ])("%s bytes are %s", (value, expected) => expect(text(bytes(value))).toBe(expected));

  it.each([
    [7, "7"],
    [9_999, "9999"],
    [182_244, "182k"],
    [12_345_678, "12.3M"],
  ])("a count of %s is %s", (value, expected) => expect(text(count(value))).toBe(expected));

  it("joins value and unit by a narrow space that does not break", () => {
    expect(plain(millis(240))).toBe("240\u202fms");
  });
});

describe("times", () => {
  const now = Date.parse("2026-03-01T12:00:00Z");
  it.each([
    [400, "now"],
    [12_000, "12 s ago"],
    [240_000, "4 min ago"],
    [2 * 3_600_000, "2 h ago"],
    [3 * 86_400_000, "3 d ago"],
  ])("%s ms back is %s", (age, expected) =>
    expect(ago(new Date(now - age).toISOString(), now)).toBe(expected),
  );

  it("counts down to full seconds", () => {
    expect(until(new Date(now + 4_200).toISOString(), now)).toBe("5 s");
    expect(span(-5)).toBe("0 s");
  });

  it("gives the exact time with milliseconds and zone", () => {
    expect(exact("2026-03-01T12:00:00.042Z")).toMatch(/^2026-03-0\d \d\d:\d\d:00\.042 [+-]\d\d:\d\d$/);
  });
});

describe("ids", () => {
  const trace = "48cf1f7392731c6c7f29ce4117c02841";

  it("keeps both ends", () => {
    expect(shortenMiddle(trace, 14)).toBe("48cf1f739…2841");
    expect(shortenMiddle("payments-2", 14)).toBe("payments-2");
  });

  it.each([
    trace,
    `  ${trace.toUpperCase()}\n`,
    `trace=${trace}`,
    `trace_id: ${trace},`,
    `00-${trace}-00f067aa0ba902b7-01`,
    "48cf1f73-9273-1c6c-7f29-ce4117c02841",
  ])("finds the trace id in %s", (pasted) => expect(traceIdIn(pasted)).toBe(trace));

  it.each(["payments", trace.slice(1), `${trace}0`, ""])("finds none in '%s'", (text) => {
    expect(traceIdIn(text)).toBeNull();
  });

  it("reads a method without its package", () => {
    expect(shortMethod("shop.v1.Payments/Charge")).toBe("Payments/Charge");
    expect(shortMethod("Charge")).toBe("Charge");
  });
});
