import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { Empty, Loaded } from "@/components/ui/States";
import { alertsQuery } from "@/lib/api/alerts";
import { servicesQuery, sessionQuery } from "@/lib/api/queries";
import type { AlertReport } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { maySilence } from "../model/ruleForm";
import { type AlertsSearch, SEVERITIES } from "../search";
import css from "./AlertsPage.module.css";
import { AlertTable } from "./AlertTable";
import { RecentEvents } from "./RecentEvents";
import { RulesPanel } from "./RulesPanel";
import { SilenceDialog } from "./SilenceDialog";
import { SilencesPanel } from "./SilencesPanel";
import { WebhookPanel } from "./WebhookPanel";

const route = getRouteApi("/shell/alerts");

/** What fires now, what did lately, by which rules, and who is told. */
export function AlertsPage() {
  const query = useQuery(alertsQuery);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const set = (change: AlertsSearch) =>
    void navigate({ search: (known) => ({ ...known, ...change }), replace: true });
  return (
    <Page
      title={t("nav.alerts")}
      summary={query.data && summary(query.data)}
      actions={<Filters search={search} onChange={set} />}
    >
      <Loaded query={query}>{(report) => <Report report={report} search={search} onChange={set} />}</Loaded>
    </Page>
  );
}

function summary({ firing, pending, silenced, evaluatedAt, noData }: AlertReport): string {
  if (evaluatedAt === null) return t("alerts.notYet");
  const parts = [firing || pending ? t("alerts.summary", { firing, pending }) : t("alerts.calm")];
  if (silenced) parts.push(t("alerts.silencedCount", { n: silenced }));
  if (noData) parts.push(t("alerts.noDataCount", { n: noData }));
  return parts.join(" ");
}

interface PartProps {
  search: AlertsSearch;
  onChange: (change: AlertsSearch) => void;
}

function Filters({ search, onChange }: PartProps) {
  const { data: services = [] } = useQuery(servicesQuery);
  return (
    <search className={css.filters}>
      {search.rule && (
        <Button size="compact-xs" variant="default" onClick={() => onChange({ rule: undefined })}>
          {t("alerts.onlyRule", { rule: search.rule })} ✕
        </Button>
      )}
      <NativeSelect
        aria-label={t("column.service")}
        value={search.service ?? ""}
        onChange={(event) => onChange({ service: event.currentTarget.value || undefined })}
        data={[{ value: "", label: t("audit.anyService") }, ...services.map(({ service }) => service)]}
      />
      <NativeSelect
        aria-label={t("alerts.severity")}
        value={search.severity ?? ""}
        onChange={(event) =>
          onChange({ severity: SEVERITIES.find((known) => known === event.currentTarget.value) })
        }
        data={[
          { value: "", label: t("alerts.anySeverity") },
          ...SEVERITIES.map((value) => ({ value, label: t(`alerts.severity.${value}`) })),
        ]}
      />
    </search>
  );
}

interface Muting {
  rule: string;
  service: string;
}

function Report({ report, search, onChange }: PartProps & { report: AlertReport }) {
  const { data: session } = useQuery(sessionQuery);
  const [muting, setMuting] = useState<Muting | null>(null);
  const wanted = wants(search);
  const alerts = report.alerts.filter(wanted);
  const standing = alerts.filter(({ state }) => state === "firing" || state === "pending");
  const rest = alerts.filter(({ state }) => state === "resolved" || state === "no_data");
  return (
    <>
      <Panel title={t("alerts.now")} hint={t("alerts.every", { n: report.intervalSeconds })} flush>
        {standing.length === 0 ? (
          <Empty title={t("alerts.none")}>{t("alerts.noneHint")}</Empty>
        ) : (
          <AlertTable
            alerts={standing}
            silences={report.silences}
            maySilence={(service) => maySilence(session?.user, service)}
            onSilence={(alert) => setMuting({ rule: alert.rule, service: alert.target.service })}
          />
        )}
      </Panel>
      {rest.length > 0 && (
        <Panel title={t("alerts.rest")} hint={t("alerts.restHint")} flush>
          <AlertTable
            alerts={rest}
            silences={report.silences}
            maySilence={() => false}
            onSilence={() => {}}
          />
        </Panel>
      )}
      <RulesPanel search={search} onEdit={(edit) => onChange({ edit })} />
      <div className={css.columns}>
        <RecentEvents events={report.recent.filter(wanted)} />
        <div className={css.stack}>
          <SilencesPanel
            silences={report.silences}
            may={(service) => maySilence(session?.user, service)}
            onAdd={() => setMuting({ rule: "", service: search.service ?? "" })}
          />
          <WebhookPanel webhook={report.webhook} />
        </div>
      </div>
      {muting && <SilenceDialog {...muting} onClose={() => setMuting(null)} />}
    </>
  );
}

type Wanted = Pick<AlertReport["alerts"][number], "rule" | "severity" | "target">;

const wants =
  ({ service, severity, rule }: AlertsSearch) =>
  (one: Wanted) =>
    (!service || one.target.service === service || one.target.caller === service) &&
    (!severity || one.severity === severity) &&
    (!rule || one.rule === rule);
