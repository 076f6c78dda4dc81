import { NativeSelect, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { servicesQuery } from "@/lib/api/queries";
import type { SystemState } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { GROUPINGS, RANGES, rangesWithin } from "../search";
import css from "./MetricsPage.module.css";

const route = getRouteApi("/shell/metrics");
const OWN_CHARTS = "";

interface MetricsFiltersProps {
  grafana: SystemState["grafana"];
  /** How far back our own charts can go, in seconds. */
  reach: number;
}

/** Which service, split how, and drawn by whom. */
export function MetricsFilters({ grafana, reach }: MetricsFiltersProps) {
  const { service, by, dashboard, range } = route.useSearch();
  const inGrafana = Boolean(dashboard && grafana?.up);
  const ranges = inGrafana ? RANGES : rangesWithin(reach);
  const navigate = route.useNavigate();
  const { data: services = [] } = useQuery(servicesQuery);
  const set = (change: Partial<ReturnType<typeof route.useSearch>>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  return (
    <search className={css.filters}>
      {grafana && grafana.dashboards.length > 0 && (
        <NativeSelect
          aria-label={t("metrics.drawnBy")}
          value={dashboard ?? OWN_CHARTS}
          onChange={(event) => set({ dashboard: event.currentTarget.value || undefined })}
          data={[
            { value: OWN_CHARTS, label: t("metrics.own") },
            ...grafana.dashboards.map(({ uid, title }) => ({
              value: uid,
              label: t("metrics.grafana", { title }),
            })),
          ]}
        />
      )}
      <NativeSelect
        aria-label={t("column.service")}
        value={service ?? ""}
        onChange={(event) => set({ service: event.currentTarget.value || undefined })}
        data={[{ value: "", label: t("audit.anyService") }, ...services.map((one) => one.service)]}
      />
      {ranges.length > 1 && (
        <NativeSelect
          aria-label={t("metrics.range")}
          value={range ?? RANGES[0]}
          onChange={(event) => set({ range: RANGES.find((one) => one === event.currentTarget.value) })}
          data={ranges.map((value) => ({ value, label: t(`metrics.range.${value}`) }))}
        />
      )}
      {!inGrafana && (
        <SegmentedControl
          aria-label={t("metrics.by")}
          value={by ?? (service ? "method" : "service")}
          onChange={(value) => set({ by: GROUPINGS.find((grouping) => grouping === value) })}
          data={GROUPINGS.map((value) => ({ value, label: t(`metrics.by.${value}`) }))}
        />
      )}
    </search>
  );
}
