import { Panel } from "@/components/ui/Panel";
import { Tag } from "@/components/ui/Tag";
import type { SystemState } from "@/lib/api/types";
import { span } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { Facts } from "./Facts";

interface RegistryPanelProps {
  registry: SystemState["registry"];
  ignored: SystemState["ignoredRegistryValues"];
}

/** Whether the registry answers, and what in it nobody could use. */
export function RegistryPanel({ registry, ignored }: RegistryPanelProps) {
  return (
    <Panel title={t("system.registry")} hint={t("system.registryHint")}>
      <Facts
        facts={[
          [
            t("column.status"),
            <Tag key="state" tone={registry.connected ? "ok" : "bad"}>
              {t(registry.connected ? "system.connected" : "system.away")}
            </Tag>,
          ],
          [t("column.revision"), `r${registry.revision}`],
          [t("system.lastHeard"), t("time.ago", { span: span(registry.ageMillis) })],
          ...(registry.detail ? [[t("system.detail"), registry.detail] as [string, string]] : []),
          [t("system.ignoredValues"), ignored.length === 0 ? t("system.none") : String(ignored.length)],
          ...ignored.map(({ key, reason }): [string, string] => [key, reason]),
        ]}
      />
    </Panel>
  );
}
