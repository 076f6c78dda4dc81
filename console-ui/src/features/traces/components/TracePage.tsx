import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { Ago } from "@/components/ui/Ago";
import { CopyId } from "@/components/ui/CopyId";
import { Loaded } from "@/components/ui/States";
import { isMissing, LOOKS, traceLogsQuery, traceQuery } from "@/lib/api/queries";
import type { Trace } from "@/lib/api/types";
import { millis, plain } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { marksOf, placeLines } from "../model/logs";
import { buildRows, findRow } from "../model/rows";
import { rootCause, summarize } from "../model/summary";
import { LogsPanel } from "./LogsPanel";
import { MissingTrace } from "./MissingTrace";
import { RowPanel } from "./RowPanel";
import css from "./TracePage.module.css";
import { Waterfall } from "./Waterfall";

const route = getRouteApi("/shell/traces/$traceId");

/** One trace: first the sentence that says what happened, then the waterfall. */
export function TracePage() {
  const { traceId } = route.useParams();
  const query = useQuery(traceQuery(traceId));
  const missing =
    query.data === undefined && isMissing(query.error) ? query.error.problem.absence : undefined;
  return (
    <div className={css.page}>
      {missing ? (
        <MissingTrace
          traceId={traceId}
          absence={missing}
          looking={query.isFetching || query.errorUpdateCount < LOOKS}
          onLook={() => void query.refetch()}
        />
      ) : (
        <Loaded query={query} rows={4}>
          {(trace) => <TraceView trace={trace} />}
        </Loaded>
      )}
    </div>
  );
}

function TraceView({ trace }: { trace: Trace }) {
  const { call, log, find = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const roots = useMemo(() => buildRows(trace), [trace]);
  const sentence = useMemo(() => summarize(roots, trace.durationMicros), [roots, trace]);
  const { data: logs } = useQuery(traceLogsQuery(trace.traceId));
  const lines = useMemo(() => placeLines(logs?.logs ?? [], roots, trace), [logs, roots, trace]);
  const marks = useMemo(() => marksOf(lines), [lines]);
  const selected = call ? findRow(roots, call) : null;
  const select = (id: string | null) =>
    void navigate({ search: (before) => ({ ...before, call: id ?? undefined }), replace: true });
  return (
    <div className={css.columns}>
      <div className={css.main}>
        <header className={css.head}>
          <h1 className={css.sentence} data-failed={rootCause(roots) !== null}>
            {sentence}
          </h1>
          <p className={css.facts}>
            <CopyId id={trace.traceId} max={32} />
            <span>{plain(millis(trace.durationMicros / 1_000))}</span>
            <span>{t("trace.spanCount", { n: trace.spans.length })}</span>
            <Ago at={trace.startedAt} />
            <Button
              variant="subtle"
              onClick={() => void navigator.clipboard.writeText(`${sentence} (trace ${trace.traceId})`)}
            >
              {t("trace.copySummary")}
            </Button>
            <span className={css.keys}>{t("trace.keys")}</span>
          </p>
          {trace.partial && (
            <p className={css.partial} role="status">
              {t("trace.partial")}
            </p>
          )}
        </header>
        <Waterfall
          key={trace.traceId}
          roots={roots}
          durationMicros={trace.durationMicros}
          selectedId={selected?.id ?? null}
          marks={marks}
          onSelect={select}
        />
        {logs && (
          <LogsPanel
            logs={logs}
            lines={lines}
            least={log}
            text={find}
            selectedId={selected?.id ?? null}
            onFilter={(filter) =>
              void navigate({ search: (before) => ({ ...before, ...filter }), replace: true })
            }
            onSelect={select}
          />
        )}
      </div>
      {selected && <RowPanel row={selected} onClose={() => select(null)} />}
    </div>
  );
}
