import type { ReactNode } from "react";
import type { Red } from "@/lib/api/types";
import { millis, type Quantity, rate, share } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { errorTone } from "@/lib/tone";
import { Num } from "./Num";
import css from "./Stat.module.css";

interface StatProps {
  label: string;
  q: Quantity;
  tone?: "warn" | "bad" | undefined;
  title?: string | undefined;
}

/** One number with its name; inside a Stats. */
export function Stat({ label, q, tone, title }: StatProps) {
  return (
    <div className={css.stat} title={title}>
      <dt>{label}</dt>
      <dd>
        <Num q={q} tone={tone} />
      </dd>
    </div>
  );
}

export function Stats({ children }: { children: ReactNode }) {
  return <dl className={css.row}>{children}</dl>;
}

/** Rate, errors, latency: always in this order. */
export function RedStats({ red }: { red: Red }) {
  return (
    <dl className={css.stats}>
      <Stat label={t("red.rate")} q={rate(red.rate)} />
      <Stat label={t("red.errors")} q={share(red.rate ? red.errorShare : null)} tone={errorTone(red)} />
      <Stat label="p50" q={millis(red.p50Millis)} />
      <Stat label="p99" q={millis(red.p99Millis)} />
    </dl>
  );
}
