import { useQuery } from "@tanstack/react-query";
import { Icon } from "@/components/ui/Icon";
import { Page } from "@/components/ui/Page";
import { Loaded } from "@/components/ui/States";
import { systemQuery } from "@/lib/api/queries";
import type { SystemState } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { findings } from "@/lib/system/findings";
import { ConsolePanel } from "./ConsolePanel";
import { IntakePanel } from "./IntakePanel";
import { RecordersPanel } from "./RecordersPanel";
import { RegistryPanel } from "./RegistryPanel";
import { StoresPanel } from "./StoresPanel";
import css from "./SystemPage.module.css";
import { TraceStorePanel } from "./TraceStorePanel";

/** How the console itself is: what it hears, what it keeps, what it loses. */
export function SystemPage() {
  const query = useQuery(systemQuery);
  return (
    <Page title={t("nav.system")} summary={t("system.summary")}>
      <Loaded query={query}>
        {(system) => (
          <>
            <Findings system={system} />
            <div className={css.panels}>
              <IntakePanel intake={system.intake} />
              <TraceStorePanel store={system.traceStore} />
              <RegistryPanel registry={system.registry} ignored={system.ignoredRegistryValues} />
              <ConsolePanel system={system} />
              <StoresPanel stores={system.stores} />
            </div>
            <RecordersPanel />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Findings({ system }: { system: SystemState }) {
  const found = findings(system);
  if (found.length === 0) {
    return (
      <p className={css.calm}>
        <Icon name="check" size={14} />
        {t("system.calm")}
      </p>
    );
  }
  return (
    <ul className={css.findings} aria-label={t("topology.attention")}>
      {found.map(({ id, tone, text }) => (
        <li key={id} data-tone={tone}>
          <Icon name={tone} size={14} />
          {text}
        </li>
      ))}
    </ul>
  );
}
