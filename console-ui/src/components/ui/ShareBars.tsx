import type { Weights } from "@/lib/api/types";
import { plain, share } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import css from "./ShareBars.module.css";

const ROWS = ["configured", "effective", "observed"] as const;

/** What was asked, what is in force, what happens: three bars on one scale. */
export function ShareBars({ weights, draftShare }: { weights: Weights; draftShare?: number | undefined }) {
  const values = {
    configured: weights.configuredShare,
    effective: weights.effectiveShare,
    observed: weights.observedShare,
  };
  return (
    <dl className={css.bars}>
      {ROWS.map((row) => (
        <div key={row} className={css.row} data-kind={row}>
          <dt>{t(`share.${row}`)}</dt>
          <dd className={css.track}>
            <Bar value={values[row] ?? 0} kind={row} />
            {row === "configured" && draftShare !== undefined && <Bar value={draftShare} kind="draft" />}
          </dd>
          <dd className={css.value}>{plain(share(values[row]))}</dd>
        </div>
      ))}
    </dl>
  );
}

function Bar({ value, kind }: { value: number; kind: string }) {
  return <span className={css.bar} data-kind={kind} style={{ width: `${Math.min(1, value) * 100}%` }} />;
}
