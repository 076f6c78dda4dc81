import type { MethodSummary, Topology } from "@/lib/api/types";
import { shortMethod, traceIdIn } from "@/lib/format/id";
import { t } from "@/lib/i18n";
import { HOUSE, PAGES } from "./pages";

/** Somewhere to go. */
export interface Place {
  kind: "trace" | "service" | "instance" | "method" | "page";
  label: string;
  hint: string;
  href: string;
}

/** Something to do, right here. */
export interface Action {
  kind: "action";
  label: string;
  hint: string;
  run: () => void;
}

export type Suggestion = Place | Action;

export interface Known {
  topology: Topology | undefined;
  methods: { service: string; methods: MethodSummary[] }[];
  actions: Action[];
}

const MAX = 12;

/** What the typed text may mean, best first. A trace id means exactly one thing. */
export function suggest(text: string, known: Known): Suggestion[] {
  const traceId = traceIdIn(text);
  if (traceId) {
    return [{ kind: "trace", label: traceId, hint: t("search.openTrace"), href: `/traces/${traceId}` }];
  }
  const needle = text.trim().toLowerCase();
  const ranked = candidates(known).flatMap((candidate) => {
    const rank = match(candidate.label.toLowerCase(), needle);
    return rank === null ? [] : [{ candidate, rank }];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MAX)
    .map(({ candidate }) => candidate);
}

/** 0 for a prefix, 1 within, 2 for each word somewhere; null for no match. */
function match(label: string, needle: string): number | null {
  const at = label.indexOf(needle);
  if (at >= 0) return Math.min(1, at);
  return needle.split(/\s+/).every((word) => label.includes(word)) ? 2 : null;
}

function candidates({ topology, methods, actions }: Known): Suggestion[] {
  const services = topology?.services.filter((s) => s.kind === "service") ?? [];
  return [
    ...services.map(({ service }) =>
      suggestion("service", service, `/services/${encodeURIComponent(service)}`),
    ),
    ...[...PAGES, ...HOUSE].map((page) => ({
      ...suggestion("page", t(`nav.${page}`), page === "home" ? "/" : `/${page}`),
    })),
    ...services.flatMap(({ instances }) =>
      instances.map((i) => suggestion("instance", i.id, `/instances/${encodeURIComponent(i.id)}`)),
    ),
    ...methods.flatMap(({ service, methods: list }) =>
      list.map((m) =>
        suggestion(
          "method",
          shortMethod(m.method),
          `/services/${encodeURIComponent(service)}/methods/${m.method.split("/").map(encodeURIComponent).join("/")}`,
        ),
      ),
    ),
    ...actions,
  ];
}

const suggestion = (kind: Exclude<Place["kind"], "trace">, label: string, href: string): Place => ({
  kind,
  label,
  hint: t(`search.${kind}`),
  href,
});
