import { en } from "./en";
import { zh } from "./zh";

export type MessageKey = keyof typeof en;
export type Locale = "en" | "zh";
export type Params = Record<string, string | number>;

export const LOCALES: { id: Locale; name: string }[] = [
  { id: "en", name: "English" },
  { id: "zh", name: "中文" },
];

const DICTIONARIES: Record<Locale, Record<MessageKey, string>> = { en, zh };
const STORED = "clearspan.locale";

let locale: Locale = localStorage.getItem(STORED) === "zh" ? "zh" : "en";
document.documentElement.lang = locale;
const subscribers = new Set<() => void>();

export const currentLocale = () => locale;

export function setLocale(next: Locale) {
  locale = next;
  localStorage.setItem(STORED, next);
  document.documentElement.lang = next;
  for (const listener of subscribers) listener();
}

export function subscribeLocale(listener: () => void) {
  subscribers.add(listener);
  return () => void subscribers.delete(listener);
}

/** {name}, or {name#one|many} for a word that goes by a number. */
const PART = /\{(\w+)(?:#([^|}]*)\|([^}]*))?\}/g;

/** The message in the current language, with its parts filled in. */
export function t(key: MessageKey, params: Params = {}): string {
  return DICTIONARIES[locale][key].replace(PART, (whole, name: string, one?: string, many?: string) => {
    if (!(name in params)) return whole;
    return one === undefined ? String(params[name]) : String(Number(params[name]) === 1 ? one : many);
  });
}
