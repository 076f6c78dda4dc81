/** A number as shown: the digits and, thinner, its unit. */
export interface Quantity {
  value: string;
  unit: string;
}

export const NONE: Quantity = { value: "–", unit: "" };
const NARROW_SPACE = "\u202f";

/** Three digits at most, two below ten. */
function digits(n: number): string {
  if (n >= 100) return n.toFixed(0);
  return n >= 10 ? trim(n.toFixed(1)) : trim(n.toFixed(n >= 1 ? 1 : 2));
}

const trim = (text: string) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

export function rate(perSecond: number): Quantity {
  if (perSecond === 0) return { value: "0", unit: "/s" };
  if (perSecond < 0.01) return { value: "<0.01", unit: "/s" };
  if (perSecond >= 999_500) return { value: digits(perSecond / 1e6), unit: "M/s" };
  if (perSecond >= 999.5) return { value: digits(perSecond / 1e3), unit: "k/s" };
  return { value: digits(perSecond), unit: "/s" };
}

export function millis(ms: number | null | undefined): Quantity {
  if (ms === null || ms === undefined) return NONE;
  if (ms < 0.9995) return { value: (ms * 1000).toFixed(0), unit: "µs" };
  if (ms < 999.5) return { value: digits(ms), unit: "ms" };
  return ms < 120_000 ? { value: digits(ms / 1000), unit: "s" } : { value: digits(ms / 60_000), unit: "min" };
}

export function share(part: number | null | undefined): Quantity {
  if (part === null || part === undefined) return NONE;
  const percent = part * 100;
  if (percent === 0) return { value: "0", unit: "%" };
  if (percent < 0.1) return { value: "<0.1", unit: "%" };
  return { value: percent >= 10 ? percent.toFixed(0) : trim(percent.toFixed(1)), unit: "%" };
}

const BINARY = ["B", "KiB", "MiB", "GiB", "TiB"];

export function bytes(n: number): Quantity {
  const power = n < 1 ? 0 : Math.min(BINARY.length - 1, Math.floor(Math.log2(n) / 10));
  return { value: digits(n / 1024 ** power), unit: BINARY[power] ?? "" };
}

export function count(n: number): Quantity {
  if (n >= 999_500) return { value: `${digits(n / 1e6)}M`, unit: "" };
  return { value: n >= 10_000 ? `${digits(n / 1000)}k` : String(Math.round(n)), unit: "" };
}

export const plain = ({ value, unit }: Quantity) => (unit ? `${value}${NARROW_SPACE}${unit}` : value);
