import { Button, NativeSelect, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { KeepCalls } from "@/components/control/KeepCalls";
import { Ago } from "@/components/ui/Ago";
import { CopyId } from "@/components/ui/CopyId";
import { Num } from "@/components/ui/Num";
import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { Empty, Loaded } from "@/components/ui/States";
import { Tag } from "@/components/ui/Tag";
import { servicesQuery, type TraceFilter, tracesQuery } from "@/lib/api/queries";
import { useMaySteer } from "@/lib/api/rights";
import type { TraceSummary } from "@/lib/api/types";
import { shortMethod } from "@/lib/format/id";
import { millis, plain } from "@/lib/format/quantity";
import { clock } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import type { TracesSearch } from "../search";
import { DurationScatter } from "./DurationScatter";
import css from "./TracesPage.module.css";

const route = getRouteApi("/shell/traces");

export function TracesPage() {
  const search = route.useSearch();
  const { service } = search;
  const navigate = route.useNavigate();
  const [keeping, setKeeping] = useState(false);
  const may = useMaySteer()(service ?? "");
  const query = useQuery(tracesQuery(filterOf(search)));
  return (
    <Page title={t("nav.traces")} summary={t("traces.summary")} actions={<Filters />}>
      {query.data && query.data.traces.length > 0 && (
        <Panel title={t("traces.scatterTitle")} flush>
          <DurationScatter
            traces={query.data.traces}
            onStretch={({ from, to, minMillis: min, maxMillis: max }) =>
              void navigate({ search: (s) => ({ ...s, from, to, min, max }) })
            }
          />
        </Panel>
      )}
      {service && keeping && <KeepCalls service={service} />}
      <Panel
        title={t("traces.newest")}
        actions={
          service &&
          may && (
            <Button variant="default" aria-expanded={keeping} onClick={() => setKeeping(!keeping)}>
              {t("keep.toggle", { service })}
            </Button>
          )
        }
        flush
      >
        <Loaded query={query}>
          {({ traces }) =>
            traces.length === 0 ? (
              <Empty title={t("traces.none")}>{t("traces.noneHint")}</Empty>
            ) : (
              <TracesTable traces={traces} />
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}

/** What the API is asked; durations in whole milliseconds, wider rather than narrower. */
function filterOf({ service, status, from, to, min, max }: TracesSearch): TraceFilter {
  return {
    ...(service && { service }),
    ...(status && { status }),
    ...(from && { from }),
    ...(to && { to }),
    ...(min !== undefined && { minDurationMillis: Math.floor(min) }),
    ...(max !== undefined && { maxDurationMillis: Math.ceil(max) }),
  };
}

/** The stretch that was dragged over, and the way out of it. */
function Stretch() {
  const { from, to, min, max } = route.useSearch();
  const navigate = route.useNavigate();
  if (!from && !to && min === undefined && max === undefined) return null;
  const times = from && to ? `${clock(new Date(from))} – ${clock(new Date(to))}` : "";
  const lasting =
    min !== undefined && max !== undefined ? `${plain(millis(min))} – ${plain(millis(max))}` : "";
  return (
    <Button
      variant="default"
      aria-label={t("traces.widen")}
      title={t("traces.widen")}
      onClick={() =>
        void navigate({
          search: (s) => ({ ...s, from: undefined, to: undefined, min: undefined, max: undefined }),
        })
      }
    >
      {[times, lasting].filter(Boolean).join(", ")} ×
    </Button>
  );
}

function Filters() {
  const { service, status } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: services = [] } = useQuery(servicesQuery);
  return (
    <search className={css.filters}>
      <Stretch />
      <NativeSelect
        aria-label={t("column.service")}
        value={service ?? ""}
        onChange={(event) => {
          const chosen = event.currentTarget.value || undefined;
          void navigate({ search: (s) => ({ ...s, service: chosen }), replace: true });
        }}
        data={[{ value: "", label: t("audit.anyService") }, ...services.map((s) => s.service)]}
      />
      <SegmentedControl
        aria-label={t("column.status")}
        value={status ?? "all"}
        onChange={(value) => {
          const chosen = value === "ok" || value === "error" ? value : undefined;
          void navigate({ search: (s) => ({ ...s, status: chosen }), replace: true });
        }}
        data={(["all", "error", "ok"] as const).map((value) => ({ value, label: t(`traces.${value}`) }))}
      />
    </search>
  );
}

function TracesTable({ traces }: { traces: TraceSummary[] }) {
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col">{t("column.trace")}</th>
          <th scope="col">{t("column.root")}</th>
          <th scope="col" className="right">
            {t("column.duration")}
          </th>
          <th scope="col" className="right">
            {t("column.spans")}
          </th>
          <th scope="col">{t("column.status")}</th>
          <th scope="col" className="wide">
            {t("column.firstError")}
          </th>
          <th scope="col" className="right">
            {t("column.when")}
          </th>
        </tr>
      </thead>
      <tbody>
        {traces.map((trace) => (
          <tr key={trace.traceId}>
            <td>
              <CopyId id={trace.traceId} max={16} />
            </td>
            <th scope="row">
              <Link to="/traces/$traceId" params={{ traceId: trace.traceId }}>
                {trace.rootService} {shortMethod(trace.rootMethod)}
              </Link>
            </th>
            <td className="right">
              <Num q={millis(trace.durationMillis)} />
            </td>
            <td className="right">{trace.spans}</td>
            <td>
              {trace.errors ? <Tag tone="bad">{trace.status}</Tag> : <span className="quiet">OK</span>}
              {trace.partial && (
                <>
                  {" "}
                  <Tag tone="stale" title={t("traces.partialHint")}>
                    {t("traces.partial")}
                  </Tag>
                </>
              )}
            </td>
            <td className="wide quiet">
              {trace.firstError && `${trace.firstError.service}: ${trace.firstError.message}`}
            </td>
            <td className="right quiet">
              <Ago at={trace.startedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
