import { Ago } from "@/components/ui/Ago";
import { Panel } from "@/components/ui/Panel";
import type { SystemState } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { Facts } from "./Facts";

export function ConsolePanel({ system }: { system: SystemState }) {
  return (
    <Panel title={t("system.console")}>
      <Facts
        facts={[
          [t("shell.env"), system.env],
          [t("system.version"), system.version],
          [t("system.started"), <Ago key="started" at={system.startedAt} />],
          [t("system.processes"), String(system.processes)],
          [t("system.grafana"), system.grafana?.url ?? t("system.noGrafana")],
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
