import { Ago } from "@/components/ui/Ago";
import { Panel } from "@/components/ui/Panel";
import type { SystemState } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { Facts } from "./Facts";

function grafanaWords(grafana: SystemState["grafana"]): string {
  if (!grafana) return t("system.noGrafana");
  if (!grafana.up) return grafana.detail;
  const port = t("system.grafanaAt", { port: String(grafana.port) });
  return grafana.version ? `${grafana.version}, ${port}` : port;
}

export function ConsolePanel({ system }: { system: SystemState }) {
  return (
    <Panel title={t("system.console")}>
      <Facts
        facts={[
          [t("shell.env"), system.env],
          [t("system.version"), system.version],
          [t("system.started"), <Ago key="started" at={system.startedAt} />],
          [t("system.processes"), String(system.processes)],
          [t("system.grafana"), grafanaWords(system.grafana)],
          [
            t("system.api"),
            <a key="api" href="/api/v1/openapi.json" target="_blank" rel="noreferrer">
              /api/v1/openapi.json
            </a>,
          ],
        ]}
      />
    </Panel>
  );
}
