import type { Edge, Red, ServiceNode } from "@/lib/api/types";

// What find and hide understand: terms with spaces between them, all of which must hold.
//   term  := ["!"] (word | field operator value)
//   word  := part of a name
//   field := name (~ with * for any letters, or =), rate (calls a second), errors (1% or 0.01),
//            p50 p90 p99 (200ms, 2s or 200), health (ok warn bad unknown), state (open half_open forced)
//   operator of numbers := > < >= <=

/** What a service or an edge is asked about. */
export interface Facts {
  names: string[];
  red: Red;
  health: string;
  states: string[];
}

export type Predicate = (facts: Facts) => boolean;
export type Expression = { matches: Predicate } | { wrong: string };

const TERM = /^(!?)(name|rate|errors|p50|p90|p99|health|state)(~|>=|<=|>|<|=)(.+)$/;
const WORD = /^(!?)([\w.*-]+)$/;
const NUMBER = /^(\d+(?:\.\d+)?)(%|ms|s)?$/;
const WORDS: Record<string, string[]> = {
  health: ["ok", "warn", "bad", "unknown"],
  state: ["open", "half_open", "forced"],
};
const UNITS: Record<string, Record<string, number>> = {
  rate: { "": 1 },
  errors: { "": 1, "%": 0.01 },
  p50: { "": 1, ms: 1, s: 1_000 },
  p90: { "": 1, ms: 1, s: 1_000 },
  p99: { "": 1, ms: 1, s: 1_000 },
};
const VALUES: Record<string, (red: Red) => number | null> = {
  rate: (red) => red.rate,
  errors: (red) => red.errorShare,
  p50: (red) => red.p50Millis,
  p90: (red) => red.p90Millis,
  p99: (red) => red.p99Millis,
};
const COMPARES: Record<string, (a: number, b: number) => boolean> = {
  ">": (a, b) => a > b,
  "<": (a, b) => a < b,
  ">=": (a, b) => a >= b,
  "<=": (a, b) => a <= b,
};

/** The predicate, or the first term that is not understood; null for no terms. */
export function parse(text: string): Expression | null {
  const words = text.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  const terms: Predicate[] = [];
  for (const word of words) {
    const term = parseTerm(word);
    if (!term) return { wrong: word };
    terms.push(term);
  }
  return { matches: (facts) => terms.every((term) => term(facts)) };
}

function parseTerm(text: string): Predicate | null {
  const [, not = "", field = "", operator = "", value = ""] = TERM.exec(text) ?? [];
  if (field) return negated(not, fieldTerm(field, operator, value));
  const [, notWord = "", word = ""] = WORD.exec(text) ?? [];
  return word ? negated(notWord, nameTerm(`*${word}*`)) : null;
}

const negated = (not: string, term: Predicate | null): Predicate | null =>
  not && term ? (facts) => !term(facts) : term;

function fieldTerm(field: string, operator: string, value: string): Predicate | null {
  if (field === "name" && operator === "~") return nameTerm(value);
  if (field === "name") return operator === "=" ? ({ names }) => names.includes(value) : null;
  if (field in WORDS) return operator === "=" ? wordTerm(field, value) : null;
  return numberTerm(field, operator, value);
}

function nameTerm(pattern: string): Predicate {
  const escaped = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const regex = new RegExp(`^${escaped.join(".*")}$`, "i");
  return ({ names }) => names.some((name) => regex.test(name));
}

function wordTerm(field: string, value: string): Predicate | null {
  if (!WORDS[field]?.includes(value)) return null;
  return field === "health" ? ({ health }) => health === value : ({ states }) => states.includes(value);
}

function numberTerm(field: string, operator: string, value: string): Predicate | null {
  const [, number = "", unit = ""] = NUMBER.exec(value) ?? [];
  const factor = UNITS[field]?.[unit];
  const compare = COMPARES[operator];
  const read = VALUES[field];
  if (!number || factor === undefined || !compare || !read) return null;
  const limit = Number(number) * factor;
  return ({ red }) => {
    const found = read(red);
    return found !== null && compare(found, limit);
  };
}

export function factsOfService({ service, red, health, breakers }: ServiceNode): Facts {
  const states = [];
  if (breakers.open > 0) states.push("open");
  if (breakers.halfOpen > 0) states.push("half_open");
  if (breakers.forced > 0) states.push("forced");
  return { names: [service], red, health, states };
}

export function factsOfEdge({ caller, callee, red, health, breaker }: Edge): Facts {
  const states = breaker === "forced_open" ? ["open", "forced"] : [breaker];
  if (breaker === "forced_closed" || breaker === "disabled") states.push("forced");
  return { names: [caller, callee], red, health, states };
}
