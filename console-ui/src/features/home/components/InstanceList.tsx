import { Link } from "@tanstack/react-router";
import { Ago } from "@/components/ui/Ago";
import { Panel } from "@/components/ui/Panel";
import { Tag } from "@/components/ui/Tag";
import { t } from "@/lib/i18n";
import { INSTANCE_TONES } from "@/lib/tone";
import type { TroubledInstance } from "../model/glance";
import css from "./HomePage.module.css";
import { Quiet, shown } from "./Quiet";

/** Instances that do not serve, and who says so. */
export function InstanceList({ troubled }: { troubled: TroubledInstance[] }) {
  const { first, more } = shown(troubled);
  return (
    <Panel title={t("column.instances")} hint={t("home.instancesHint")}>
      {first.length === 0 ? (
        <Quiet>{t("home.instancesCalm")}</Quiet>
      ) : (
        <ul className={css.list}>
          {first.map((it) => (
            <Row key={`${it.service}/${it.instance.id}`} {...it} />
          ))}
          {more > 0 && <li className={css.detail}>{t("topology.more", { n: more })}</li>}
        </ul>
      )}
    </Panel>
  );
}

function Row({ instance: { id, state, unreachable } }: TroubledInstance) {
  return (
    <li>
      <div className={css.line}>
        <Link to="/instances/$instance" params={{ instance: id }}>
          {id}
        </Link>
        <Tag tone={INSTANCE_TONES[state]}>{t(`instance.${state}`)}</Tag>
        {unreachable && (
          <span className={`${css.detail} ${css.push}`}>
            <Ago at={unreachable.since} />
          </span>
        )}
      </div>
      {unreachable && (
        <p className={css.detail} title={unreachable.cause}>
          {t("instances.reported", { reporters: unreachable.reporters, callers: unreachable.callers })}:{" "}
          {unreachable.cause}
        </p>
      )}
    </li>
  );
}
