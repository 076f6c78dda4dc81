import type { BreakerState } from "@/lib/api/types";
import css from "./BreakerGlyph.module.css";

/** The breaker as drawn on edges: a line, a dashed gap, a gap with a bar; a diamond when a person holds it. */
export function BreakerGlyph({ state, forced }: { state: BreakerState; forced: boolean }) {
  return (
    <svg
      className={css.glyph}
      data-state={state}
      data-forced={forced}
      width={44}
      height={32}
      viewBox="0 0 44 32"
      aria-hidden="true"
    >
      {(state === "CLOSED" || state === "DISABLED") && <path d="M2 18h40" />}
      {state === "HALF_OPEN" && <path d="M2 18h10M16 18h3M21.500 18h3M27 18h3M33 18h9" />}
      {state === "OPEN" && <path d="M2 18h12M30 18h12M14 14.500v7M30 14.500v7M22 9v18" />}
      {state === "DISABLED" && <path d="M16 24l12-12" />}
      {forced && <path className={css.hand} d="M22 1l5 5-5 5-5-5z" />}
    </svg>
  );
}
