import { Link } from "@tanstack/react-router";
import { Panel } from "@/components/ui/Panel";
import { Tag } from "@/components/ui/Tag";
import type { AckProcess } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import type { ProcessBehind } from "../model/glance";
import css from "./HomePage.module.css";
import { Quiet, shown } from "./Quiet";

/** Processes that have not applied a change of the last hour. */
export function BehindList({ behind }: { behind: ProcessBehind[] }) {
  const { first, more } = shown(behind);
  return (
    <Panel title={t("home.behind")} hint={t("home.behindHint")}>
      {first.length === 0 ? (
        <Quiet>{t("home.behindCalm")}</Quiet>
      ) : (
        <ul className={css.list}>
          {first.map(({ service, revision, process }) => (
            <li key={`${service}/${process.processId}`}>
              <div className={css.line}>
                <Link to="/audit" search={{ service }}>
                  {process.instance ?? process.processId}
                </Link>
                <Tag tone={tone(process)}>{t(`acks.${process.state}`)}</Tag>
              </div>
              <p className={css.detail}>
                {t("home.behindBy", { service, has: process.appliedRevision, revision })}
                {process.detail && ` · ${process.detail}`}
              </p>
            </li>
          ))}
          {more > 0 && <li className={css.detail}>{t("topology.more", { n: more })}</li>}
        </ul>
      )}
    </Panel>
  );
}

const tone = ({ state }: AckProcess) => (state === "refused" ? "bad" : "warn");
