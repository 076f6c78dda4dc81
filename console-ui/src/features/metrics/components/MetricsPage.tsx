import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { RedCharts } from "@/components/charts/RedCharts";
import { Icon } from "@/components/ui/Icon";
import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { Empty, Loaded } from "@/components/ui/States";
import { redQuery, systemQuery } from "@/lib/api/queries";
import type { RedSeries } from "@/lib/api/types";
import { shortMethod } from "@/lib/format/id";
import { t } from "@/lib/i18n";
import { MINUTES, RANGES, rangesWithin } from "../search";
import { GrafanaAway } from "./GrafanaAway";
import { GrafanaFrame } from "./GrafanaFrame";
import { MetricsFilters } from "./MetricsFilters";
import css from "./MetricsPage.module.css";

const route = getRouteApi("/shell/metrics");

/** Charts per service, method, caller or instance; Grafana's dashboards where it can be shown. */
export function MetricsPage() {
  const { dashboard, service, range } = route.useSearch();
  const { data: system } = useQuery(systemQuery);
  const grafana = system?.grafana ?? null;
  const reach = system?.stores.metrics.reachSeconds ?? MINUTES[RANGES[0]] * 60;
  const shown = grafana?.dashboards.find(({ uid }) => uid === dashboard);
  return (
    <Page
      title={t("nav.metrics")}
      summary={t("metrics.summary")}
      actions={<MetricsFilters grafana={grafana} reach={reach} />}
    >
      {grafana && shown && !grafana.up && <GrafanaAway grafana={grafana} />}
      {grafana?.up && shown ? (
        <GrafanaFrame grafana={grafana} dashboard={shown} service={service} range={range ?? "15m"} />
      ) : (
        <Charts reach={reach} />
      )}
    </Page>
  );
}

function Charts({ reach }: { reach: number }) {
  const { service, by, range } = route.useSearch();
  const groupBy = by ?? (service ? "method" : "service");
  const shown = rangesWithin(reach).find((one) => one === range) ?? RANGES[0];
  const back = shown === RANGES[0] ? {} : { minutes: MINUTES[shown] };
  const query = useQuery(redQuery({ groupBy, ...(service ? { service } : {}), ...back }));
  return (
    <Loaded query={query}>
      {({ series, notes }) => (
        <>
          <Notes notes={notes} />
          {series.length === 0 ? (
            <Empty title={t("red.empty")}>{t("red.emptyHint")}</Empty>
          ) : (
            series.map((one) => (
              <SeriesPanel
                key={Object.values(one.key).join(" ")}
                series={one}
                hint={t(`metrics.range.${shown}`)}
              />
            ))
          )}
        </>
      )}
    </Loaded>
  );
}

/** What the charts lack, in the words of whoever was asked for them. */
function Notes({ notes }: { notes: string[] }) {
  if (notes.length === 0) return null;
  return (
    <div className={css.away} role="status">
      <Icon name="warn" size={16} />
      <ul aria-label={t("metrics.notes")}>
        {notes.map((note) => (
          <li key={note} className={css.awayText}>
            {note}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface SeriesPanelProps {
  series: RedSeries["series"][number];
  hint: string;
}

function SeriesPanel({ series: { key, points }, hint }: SeriesPanelProps) {
  const subject = Object.entries(key)
    .map(([name, value]) => (name === "method" ? shortMethod(value) : value))
    .filter(Boolean)
    .join(" · ");
  return (
    <Panel title={subject} hint={hint}>
      <RedCharts points={points} subject={subject} height={84} across />
    </Panel>
  );
}
