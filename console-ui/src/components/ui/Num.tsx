import type { Quantity } from "@/lib/format/quantity";
import css from "./Num.module.css";

interface NumProps {
  q: Quantity;
  tone?: "warn" | "bad" | "quiet" | undefined;
}

/** A number with its unit, thinner. */
export function Num({ q, tone }: NumProps) {
  return (
    <span className={css.num} data-tone={tone}>
      {q.value}
      {q.unit && <span className={css.unit}>{q.unit}</span>}
    </span>
  );
}
