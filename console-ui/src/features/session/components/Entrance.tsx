import type { ReactNode } from "react";
import { Logo } from "@/components/ui/Logo";
import css from "./Entrance.module.css";

/** The page before the console: what it is, and one form. */
export function Entrance({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <main className={css.entrance}>
      <div className={css.drawing} aria-hidden="true">
        <Span />
      </div>
      <div className={css.card}>
        <Logo />
        <h1 className={css.title}>{title}</h1>
        <p className={css.text}>{text}</p>
        {children}
      </div>
    </main>
  );
}

const SPANS = [0, 1, 2, 3, 4];
const SPAN = 160;
const DECK = 300;
const RISE = 128;
/** Where hangers meet the arch, as shares of a span. */
const HANGERS = [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875];
const CALLS = [24, 92, 131, 236, 300, 342, 451, 503, 590, 655];

/** A call crossing spans: the sign of the house. */
function Span() {
  return (
    <svg aria-hidden="true" viewBox="0 0 640 420" preserveAspectRatio="xMidYMid slice">
      <path d={`M-20 ${DECK}h720`} />
      {SPANS.map((n) => (
        <g key={n}>
          <path d={`M${n * SPAN - 80} ${DECK}q${SPAN / 2} ${-2 * RISE} ${SPAN} 0`} />
          <path d={`M${n * SPAN - 80} ${DECK - 8}v52`} />
          <path className={css.hangers} d={HANGERS.map((x) => hanger(n * SPAN - 80, x)).join("")} />
        </g>
      ))}
      {CALLS.map((x) => (
        <circle key={x} cx={x} cy={DECK} r={2.2} />
      ))}
    </svg>
  );
}

/** From the arch, which is a parabola, down to the deck. */
const hanger = (left: number, x: number) => `M${left + x * SPAN} ${DECK - 4 * RISE * x * (1 - x)}V${DECK}`;
