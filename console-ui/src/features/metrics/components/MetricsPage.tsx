import { useQuery } from "@tanstack/react-query";
import { RedCharts } from "@/components/charts/RedCharts";
import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { Empty, Loaded } from "@/components/ui/States";
import { redQuery } from "@/lib/api/queries";
import { t } from "@/lib/i18n";

export function MetricsPage() {
  const query = useQuery(redQuery({ groupBy: "service" }));
  return (
    <Page title={t("nav.metrics")} summary={t("metrics.summary")}>
      <Loaded query={query}>
        {({ series }) =>
          series.length === 0 ? (
            <Empty title={t("red.empty")}>{t("red.emptyHint")}</Empty>
          ) : (
            series.map(({ key, points }) => {
              const subject = Object.values(key).join(" · ");
              return (
                <Panel key={subject} title={subject} hint={t("panel.lastMinutes", { n: 15 })}>
                  <RedCharts points={points} subject={subject} height={84} across />
                </Panel>
              );
            })
          )
        }
      </Loaded>
    </Page>
  );
}
