import { useQuery } from "@tanstack/react-query";
import { RecentChanges } from "@/components/control/RecentChanges";
import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { Empty, Loaded } from "@/components/ui/States";
import { breakersQuery, systemQuery, topologyQuery } from "@/lib/api/queries";
import type { Topology } from "@/lib/api/types";
import { isLoud } from "@/lib/breakers";
import { t } from "@/lib/i18n";
import { findings } from "@/lib/system/findings";
import { useNow } from "@/lib/useNow";
import { isFailing, troubledInstances, worstServices } from "../model/glance";
import { AlertList } from "./AlertList";
import { BehindList } from "./BehindList";
import { BreakerList } from "./BreakerList";
import css from "./HomePage.module.css";
import { InstanceList } from "./InstanceList";
import { TelemetryPanel } from "./TelemetryPanel";
import { useBehind } from "./useBehind";
import { Vitals } from "./Vitals";
import { WorstServices } from "./WorstServices";

const HOUR_MILLIS = 3_600_000;

/** What an operator looks at first: what is wrong, what was changed, and whether the console itself is well. */
export function HomePage() {
  const query = useQuery(topologyQuery);
  return (
    <Loaded query={query}>
      {(topology) =>
        topology.services.length === 0 ? (
          <Page title={t("nav.home")}>
            <Empty title={t("topology.empty")}>{t("topology.emptyHint")}</Empty>
          </Page>
        ) : (
          <Glance topology={topology} />
        )
      }
    </Loaded>
  );
}

function Glance({ topology }: { topology: Topology }) {
  const { data: breakers = [] } = useQuery(breakersQuery);
  const { data: system } = useQuery(systemQuery);
  const now = useNow();
  const behind = useBehind(now - HOUR_MILLIS);
  const services = worstServices(topology);
  const failing = services.filter(isFailing).length;
  const loud = breakers.filter(isLoud);
  const troubled = troubledInstances(topology);
  const found = system ? findings(system) : [];
  const open = failing + loud.length + troubled.length + behind.length + found.length;
  return (
    <Page title={t("nav.home")} summary={open ? t("home.attention", { n: open }) : t("home.quiet")}>
      <Vitals
        topology={topology}
        failing={failing}
        loud={loud}
        troubled={troubled.length}
        behind={behind.length}
        found={found}
      />
      <div className={css.columns}>
        <div className={css.column}>
          <Panel title={t("home.services")} hint={t("services.hint")} flush>
            <WorstServices services={services} />
          </Panel>
          <Panel title={t("home.changes")} hint={t("changes.hint")}>
            <RecentChanges limit={8} since={now - HOUR_MILLIS} none={t("home.noChanges")} />
          </Panel>
          {system && <TelemetryPanel system={system} found={found} />}
        </div>
        <div className={css.column}>
          <AlertList />
          <BreakerList breakers={loud} />
          <InstanceList troubled={troubled} />
          <BehindList behind={behind} />
        </div>
      </div>
    </Page>
  );
}
