import { useId, useMemo, useState } from "react";
import { Num } from "@/components/ui/Num";
import { Empty } from "@/components/ui/States";
import type { RedPoint } from "@/lib/api/types";
import { millis, plain, type Quantity, rate, share } from "@/lib/format/quantity";
import { clock } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { errorTone, WARN } from "@/lib/tone";
import { LineChart } from "./LineChart";
import css from "./RedCharts.module.css";
import { redColumns } from "./redColumns";

interface RedChartsProps {
  points: RedPoint[];
  /** What the charts are of, for those who cannot see them. */
  subject: string;
  height?: number;
  across?: boolean;
}

/** Rate, errors, latency: three charts with one time axis and one crosshair. */
export function RedCharts({ points, subject, height = 66, across = false }: RedChartsProps) {
  const syncKey = useId();
  const [hovered, setHovered] = useState<number | null>(null);
  const columns = useMemo(() => redColumns(points), [points]);
  const lines = useMemo(() => redLines(columns), [columns]);
  const point = points[hovered ?? points.length - 1];
  if (!point) return <Empty title={t("red.empty")}>{t("red.emptyHint")}</Empty>;
  const shared = { at: columns.at, syncKey, onHover: setHovered };
  const plot = height + (across ? 20 : 0);
  return (
    <div className={css.charts} data-across={across}>
      <div>
        <Readout label={t("red.rate")} q={rate(point.rate)} at={hovered === null ? null : point.at} />
        <LineChart
          {...shared}
          label={t("red.chartOf", { what: t("red.rate"), subject })}
          lines={lines.rate}
          height={plot}
          showTime={across}
          minMax={0.1}
          formatY={(v) => plain(rate(v))}
        />
      </div>
      <div>
        <Readout
          label={t("red.errors")}
          q={share(point.calls ? point.errorShare : null)}
          tone={errorTone(point)}
        />
        <LineChart
          key={lines.errors[0]?.color}
          {...shared}
          label={t("red.chartOf", { what: t("red.errors"), subject })}
          lines={lines.errors}
          height={plot}
          showTime={across}
          minMax={2}
          formatY={(v) => plain(share(v / 100))}
        />
      </div>
      <div>
        <Readout label={t("red.latency")} q={millis(point.p99Millis)} detail={latencyDetail(point)} />
        <LineChart
          {...shared}
          label={t("red.chartOf", { what: t("red.latency"), subject })}
          lines={lines.latency}
          band={{ upper: 2, lower: 0, color: "--accent-soft" }}
          height={height + 20}
          showTime
          minMax={0.01}
          formatY={(v) => plain(millis(v))}
        />
      </div>
    </div>
  );
}

/** Errors are loud only where there are some. */
function redLines(columns: ReturnType<typeof redColumns>) {
  const failing = columns.errors.some((percent) => percent !== null && percent >= WARN * 100);
  return {
    rate: [{ values: columns.rate, color: "--text-2", fill: "--accent-soft" }],
    errors: failing
      ? [{ values: columns.errors, color: "--bad", fill: "--bad-soft" }]
      : [{ values: columns.errors, color: "--text-3" }],
    latency: [
      { values: columns.p50, color: "--accent", width: 1.5 },
      { values: columns.p90, color: "--text-3", width: 0.75 },
      { values: columns.p99, color: "--accent", width: 0.75 },
    ],
  };
}

const latencyDetail = (point: RedPoint) =>
  `p99 · p90 ${plain(millis(point.p90Millis))} · p50 ${plain(millis(point.p50Millis))}`;

interface ReadoutProps {
  label: string;
  q: Quantity;
  tone?: "warn" | "bad" | undefined;
  detail?: string;
  at?: string | null;
}

function Readout({ label, q, tone, detail, at }: ReadoutProps) {
  return (
    <div className={css.readout}>
      <span className={css.label}>{label}</span>
      <Num q={q} tone={tone} />
      {detail && <span className={css.detail}>{detail}</span>}
      {at && <span className={css.at}>{clock(new Date(at))}</span>}
    </div>
  );
}
