import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { RedCharts } from "@/components/charts/RedCharts";
import { busiest } from "@/components/charts/redColumns";
import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { Empty, Loaded } from "@/components/ui/States";
import { effectivePolicyQuery, methodsQuery, redQuery, serviceQuery } from "@/lib/api/queries";
import type { MethodSummary } from "@/lib/api/types";
import { shortMethod } from "@/lib/format/id";
import { t } from "@/lib/i18n";
import { EffectiveTable } from "./EffectiveTable";
import { MethodFailures } from "./MethodFailures";
import { MethodTags } from "./MethodTags";
import css from "./OverviewTab.module.css";
import { RedRows } from "./RedRows";

/** One method: its traffic, who calls it, where it runs, what holds for it, and what failed. */
export function MethodPage() {
  const { service = "", owner = "", name = "" } = useParams({ strict: false });
  const method = `${owner}/${name}`;
  const query = useQuery(methodsQuery(service));
  return (
    <Page
      title={<span className="mono">{shortMethod(method)}</span>}
      summary={
        <Link to="/services/$service/$tab" params={{ service, tab: "methods" }}>
          {t("method.of", { service })}
        </Link>
      }
    >
      <Loaded query={query}>
        {(methods) => {
          const summary = methods.find((it) => it.method === method);
          return summary ? (
            <MethodBody service={service} summary={summary} />
          ) : (
            <Empty title={t("method.missing", { service, method })}>{t("method.missingHint")}</Empty>
          );
        }}
      </Loaded>
    </Page>
  );
}

function MethodBody({ service, summary }: { service: string; summary: MethodSummary }) {
  const { method, callers } = summary;
  const red = useQuery(redQuery({ service, method }));
  const perInstance = useQuery(redQuery({ service, method, groupBy: "instance" }));
  return (
    <>
      <Panel
        title={t("service.traffic")}
        hint={t("panel.lastMinutes", { n: 15 })}
        actions={
          <>
            <MethodTags service={service} method={summary} />
            <Link to="/invoke" search={{ service, method }}>
              {t("invoke.open")}
            </Link>
          </>
        }
      >
        <Loaded query={red}>
          {({ series }) => (
            <RedCharts points={busiest(series)?.points ?? []} subject={method} height={110} across />
          )}
        </Loaded>
      </Panel>
      <div className={css.two}>
        <Panel title={t("method.callers")} flush>
          <RedRows rows={callers.map(({ caller, red: of }) => ({ name: caller, red: of, caller }))} />
        </Panel>
        <Panel title={t("method.instances")} hint={t("method.instancesHint")} flush>
          <Loaded query={perInstance}>
            {({ series }) => (
              <RedRows
                rows={series.flatMap(({ key, points }) => {
                  const newest = points.at(-1);
                  const { instance } = key;
                  return newest && instance ? [{ name: instance, red: newest, instance }] : [];
                })}
              />
            )}
          </Loaded>
        </Panel>
      </div>
      <MethodFailures service={service} method={method} />
      <PolicyInForce service={service} method={method} />
    </>
  );
}

function PolicyInForce({ service, method }: { service: string; method: string }) {
  const { data: detail } = useQuery(serviceQuery(service));
  const query = useQuery({
    ...effectivePolicyQuery(service, method, detail?.policyRevision ?? 0),
    enabled: detail !== undefined,
  });
  return (
    <Panel
      title={t("method.policy")}
      hint={t("policy.effectiveHint")}
      actions={
        <Link to="/services/$service/$tab" params={{ service, tab: "policy" }}>
          {t("policy.title")}
        </Link>
      }
      flush
    >
      <Loaded query={query}>{({ fields }) => <EffectiveTable fields={fields} />}</Loaded>
    </Panel>
  );
}
