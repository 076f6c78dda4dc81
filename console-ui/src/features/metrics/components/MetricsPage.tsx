import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { RedCharts } from "@/components/charts/RedCharts";
import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { Empty, Loaded } from "@/components/ui/States";
import { redQuery, systemQuery } from "@/lib/api/queries";
import type { RedSeries } from "@/lib/api/types";
import { shortMethod } from "@/lib/format/id";
import { t } from "@/lib/i18n";
import { GrafanaAway } from "./GrafanaAway";
import { GrafanaFrame } from "./GrafanaFrame";
import { MetricsFilters } from "./MetricsFilters";

const route = getRouteApi("/shell/metrics");

/** Charts per service, method, caller or instance; Grafana's dashboards where it can be shown. */
export function MetricsPage() {
  const { dashboard, service, range } = route.useSearch();
  const { data: system } = useQuery(systemQuery);
  const grafana = system?.grafana ?? null;
  const shown = grafana?.dashboards.find(({ uid }) => uid === dashboard);
  return (
    <Page
      title={t("nav.metrics")}
      summary={t("metrics.summary")}
      actions={<MetricsFilters grafana={grafana} />}
    >
      {grafana && shown && !grafana.up && <GrafanaAway grafana={grafana} />}
      {grafana?.up && shown ? (
        <GrafanaFrame grafana={grafana} dashboard={shown} service={service} range={range ?? "15m"} />
      ) : (
        <Charts />
      )}
    </Page>
  );
}

function Charts() {
  const { service, by } = route.useSearch();
  const groupBy = by ?? (service ? "method" : "service");
  const query = useQuery(redQuery({ groupBy, ...(service ? { service } : {}) }));
  return (
    <Loaded query={query}>
      {({ series }) =>
        series.length === 0 ? (
          <Empty title={t("red.empty")}>{t("red.emptyHint")}</Empty>
        ) : (
          series.map((one) => <SeriesPanel key={Object.values(one.key).join(" ")} series={one} />)
        )
      }
    </Loaded>
  );
}

function SeriesPanel({ series: { key, points } }: { series: RedSeries["series"][number] }) {
  const subject = Object.entries(key)
    .map(([name, value]) => (name === "method" ? shortMethod(value) : value))
    .filter(Boolean)
    .join(" · ");
  return (
    <Panel title={subject} hint={t("panel.lastMinutes", { n: 15 })}>
      <RedCharts points={points} subject={subject} height={84} across />
    </Panel>
  );
}
