import { t } from "@/lib/i18n";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "4 min" for a length of time; the caller adds "ago" or "in". */
export function span(ms: number): string {
  const length = Math.max(0, ms);
  if (length < MINUTE) return t("time.seconds", { n: Math.floor(length / SECOND) });
  if (length < HOUR) return t("time.minutes", { n: Math.floor(length / MINUTE) });
  if (length < 2 * DAY) return t("time.hours", { n: Math.floor(length / HOUR) });
  return t("time.days", { n: Math.floor(length / DAY) });
}

export function ago(iso: string, now: number): string {
  const age = now - Date.parse(iso);
  return age < SECOND ? t("time.now") : t("time.ago", { span: span(age) });
}

export function until(iso: string, now: number): string {
  return span(Math.ceil((Date.parse(iso) - now) / SECOND) * SECOND);
}

/** "1:05" for the time that is left, whole seconds, never below zero. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / SECOND));
  return `${Math.floor(seconds / 60)}:${pad(seconds % 60)}`;
}

const pad = (n: number, width = 2) => String(n).padStart(width, "0");

/** Local date and time to the millisecond, with the zone's offset. */
export function exact(iso: string): string {
  const date = new Date(iso);
  const offset = -date.getTimezoneOffset();
  const zone = `${offset < 0 ? "-" : "+"}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`;
  return `${day(date)} ${clock(date)}.${pad(date.getMilliseconds(), 3)} ${zone}`;
}

const day = (date: Date) => `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;

export const clock = (date: Date) =>
  `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
