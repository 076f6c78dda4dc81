import { Link } from "@tanstack/react-router";
import { Icon } from "@/components/ui/Icon";
import { Num } from "@/components/ui/Num";
import { SidePanel, SideSection } from "@/components/ui/SidePanel";
import { Stat, Stats } from "@/components/ui/Stat";
import type { Dependency, Red, Topology } from "@/lib/api/types";
import { millis, rate } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { failedPerSecond, titleOf } from "../model/dependencies";
import css from "./panelParts.module.css";

interface DependencyPanelProps {
  dependency: Dependency;
  /** Only its calls; undefined: everybody's. */
  caller: string | undefined;
  topology: Topology;
  onClose: () => void;
}

/** What spans tell of something that is called and none of ours. */
export function DependencyPanel({ dependency, caller, topology, onClose }: DependencyPanelProps) {
  const name = titleOf(dependency);
  const calls = topology.dependencyEdges.filter((it) => it.dependency === dependency.id);
  const one = calls.find((it) => it.caller === caller);
  const title = (
    <>
      {caller && (
        <>
          {caller}
          <Icon name="arrow" size={14} />
        </>
      )}
      <Icon name={dependency.kind} />
      {name}
    </>
  );
  return (
    <SidePanel
      label={caller ? t("panel.edge", { caller, callee: name }) : t("panel.dependency", { name })}
      title={title}
      subtitle={subtitleOf(dependency)}
      onClose={onClose}
    >
      <SideSection title={t("panel.ofKeptTraces")}>
        <SpanStats red={one ? one.red : dependency.red} />
        <p className={css.note}>{t("panel.ofKeptTracesText")}</p>
      </SideSection>
      <SideSection title={t("panel.callers")}>
        <table className={css.rows}>
          <thead>
            <tr>
              <th scope="col">{t("column.caller")}</th>
              <th scope="col">{t("red.rate")}</th>
              <th scope="col">{t("red.errors")}</th>
              <th scope="col">p99</th>
            </tr>
          </thead>
          <tbody>
            {calls.map(({ caller: from, red }) => (
              <tr key={from}>
                <th scope="row" className={css.ellipsis}>
                  <Link to="/topology" search={(s) => ({ ...s, select: from })}>
                    {from}
                  </Link>
                </th>
                <td>
                  <Num q={rate(red.rate)} />
                </td>
                <td>
                  <Failed red={red} />
                </td>
                <td>
                  <Num q={millis(red.p99Millis)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </SideSection>
      {caller && (
        <p className={css.foot}>
          <Link to="/traces" search={{ service: caller }}>
            {t("panel.tracesOf", { service: caller })}
          </Link>
        </p>
      )}
    </SidePanel>
  );
}

/** "database, postgresql at db:5432". */
function subtitleOf({ kind, system, address }: Dependency): string {
  const what = t(`dependency.${kind}`);
  const known = system === kind ? what : `${what}, ${system}`;
  return address ? t("panel.at", { what: known, address }) : known;
}

function SpanStats({ red }: { red: Red }) {
  const failed = failedPerSecond(red);
  return (
    <Stats>
      <Stat label={t("red.rate")} q={rate(red.rate)} />
      <Stat label={t("red.errors")} q={rate(failed)} tone={failed > 0 ? "warn" : undefined} />
      <Stat label="p50" q={millis(red.p50Millis)} />
      <Stat label="p99" q={millis(red.p99Millis)} />
    </Stats>
  );
}

function Failed({ red }: { red: Red }) {
  const failed = failedPerSecond(red);
  return <Num q={rate(failed)} tone={failed > 0 ? "warn" : undefined} />;
}
