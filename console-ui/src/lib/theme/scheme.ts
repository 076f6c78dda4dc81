export type Scheme = "dark" | "light";

const STORED = "clearspan.scheme";
const tokens = new Map<string, string>();
const subscribers = new Set<() => void>();

export function currentScheme(): Scheme {
  const stored = localStorage.getItem(STORED);
  if (stored === "dark" || stored === "light") return stored;
  return matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
}

/** Before the first paint, and after each change. */
export function applyScheme() {
  document.documentElement.dataset.mantineColorScheme = currentScheme();
  tokens.clear();
  for (const listener of subscribers) listener();
}

export function setScheme(scheme: Scheme) {
  localStorage.setItem(STORED, scheme);
  applyScheme();
}

export function subscribeScheme(listener: () => void) {
  subscribers.add(listener);
  return () => void subscribers.delete(listener);
}

/** A token's value for canvas drawing, which cannot use var(); asking the style once per theme is enough. */
export function token(name: string): string {
  const known = tokens.get(name);
  if (known) return known;
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  tokens.set(name, value);
  return value;
}
