import { Link } from "@tanstack/react-router";
import { BreakerControl } from "@/components/control/BreakerControl";
import { RecentChanges } from "@/components/control/RecentChanges";
import { HealthMark } from "@/components/ui/HealthMark";
import { Icon } from "@/components/ui/Icon";
import { Num } from "@/components/ui/Num";
import { SidePanel, SideSection } from "@/components/ui/SidePanel";
import { RedStats } from "@/components/ui/Stat";
import { Tag } from "@/components/ui/Tag";
import type { Edge } from "@/lib/api/types";
import { millis, plain, rate, share } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { errorTone } from "@/lib/tone";
import { FailuresSection, RedSection } from "./panelParts";
import css from "./panelParts.module.css";

interface EdgePanelProps {
  edge: Edge;
  /** The past moment of which the edge is: then there is nothing to steer. */
  past?: string | undefined;
  onClose: () => void;
}

/** All about the calls from one service to another. */
export function EdgePanel({ edge, past, onClose }: EdgePanelProps) {
  const { caller, callee } = edge;
  const title = (
    <>
      <HealthMark health={edge.health} />
      {caller}
      <Icon name="arrow" size={14} />
      {callee}
    </>
  );
  return (
    <SidePanel
      label={t("panel.edge", { caller, callee })}
      title={title}
      subtitle={t("panel.edgeSummary", {
        n: edge.instances.length,
        retries: plain(rate(edge.retriesPerSecond)),
      })}
      onClose={onClose}
    >
      <SideSection title={t(past ? "panel.then" : "panel.now")}>
        <RedStats red={edge.red} />
      </SideSection>
      <SideSection title={t("panel.breaker")}>
        {past ? <BreakerTag state={edge.breaker} /> : <BreakerControl edge={edge} />}
        {!past && <RecentChanges service={callee} limit={2} />}
      </SideSection>
      <SideSection title={t("panel.targets")}>
        <Targets edge={edge} />
      </SideSection>
      <FailuresSection
        match={(f) => f.service === callee && (f.caller === caller || !f.caller) && (!past || f.at <= past)}
      />
      <RedSection filter={{ service: callee, caller }} subject={t("panel.edge", { caller, callee })} />
      <p className={css.foot}>
        <Link to="/services/$service" params={{ service: callee }}>
          {t("panel.openService", { service: callee })}
        </Link>
      </p>
    </SidePanel>
  );
}

function Targets({ edge }: { edge: Edge }) {
  return (
    <table className={css.rows}>
      <thead>
        <tr>
          <th scope="col">{t("column.instance")}</th>
          <th scope="col">{t("column.share")}</th>
          <th scope="col">{t("red.errors")}</th>
          <th scope="col">p99</th>
          <th scope="col">{t("column.breaker")}</th>
        </tr>
      </thead>
      <tbody>
        {edge.instances.map((target) => (
          <tr key={target.instance}>
            <th scope="row" className={css.ellipsis}>
              {target.instance}
            </th>
            <td>
              <Num q={share(target.share)} />
            </td>
            <td>
              <Num q={share(target.red.rate ? target.red.errorShare : null)} tone={errorTone(target.red)} />
            </td>
            <td>
              <Num q={millis(target.red.p99Millis)} />
            </td>
            <td>
              <BreakerTag state={target.breaker} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function BreakerTag({ state }: { state: Edge["breaker"] }) {
  if (state === "closed") return <span>{t("breaker.closed")}</span>;
  const tone = state === "open" ? "bad" : state === "half_open" ? "warn" : "forced";
  return <Tag tone={tone}>{t(`breaker.${state}`)}</Tag>;
}
