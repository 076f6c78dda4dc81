import type { InstanceState, Red } from "./api/types";

/** Share of errors from which they speak up. */
export const WARN = 0.01;
const BAD = 0.1;

/** Errors speak up from 1%, shout from 10%; the share of no calls says nothing. */
export function errorTone(red: Pick<Red, "rate" | "errorShare">): "warn" | "bad" | undefined {
  if (red.rate === 0 || red.errorShare < WARN) return undefined;
  return red.errorShare >= BAD ? "bad" : "warn";
}

export const INSTANCE_TONES = {
  up: "ok",
  draining: "warn",
  suspect: "warn",
  gone: "bad",
  ejected: "forced",
} as const satisfies Record<InstanceState, string>;
