import { Link } from "@tanstack/react-router";
import { HealthMark } from "@/components/ui/HealthMark";
import { Icon } from "@/components/ui/Icon";
import type { Topology } from "@/lib/api/types";
import { plain, rate } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { attention } from "../model/attention";
import css from "./AttentionBar.module.css";

const SHOWN = 4;

/** What is wrong, in words, worst first; one calm sentence when nothing is. */
export function AttentionBar({ topology }: { topology: Topology }) {
  const items = attention(topology);
  if (topology.services.length === 0) return null;
  if (items.length === 0) return <Calm topology={topology} />;
  return (
    <ul className={css.list} aria-label={t("topology.attention")}>
      {items.slice(0, SHOWN).map((item) => (
        <li key={item.id}>
          <Link
            className={css.item}
            data-tone={item.tone}
            to="/topology"
            search={(s) => ({ ...s, select: item.select })}
          >
            <Icon name={item.tone === "forced" ? "hand" : item.tone} size={13} />
            {item.text}
          </Link>
        </li>
      ))}
      {items.length > SHOWN && (
        <li className={css.more}>{t("topology.more", { n: items.length - SHOWN })}</li>
      )}
    </ul>
  );
}

function Calm({ topology }: { topology: Topology }) {
  const calls = topology.edges.reduce((sum, edge) => sum + edge.red.rate, 0);
  const instances = topology.services.reduce((sum, service) => sum + service.instances.length, 0);
  return (
    <p className={css.calm}>
      <HealthMark health="ok" />
      {t("topology.calm", { services: topology.services.length, instances, rate: plain(rate(calls)) })}
    </p>
  );
}
