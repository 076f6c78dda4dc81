import { useQuery } from "@tanstack/react-query";
import { Ago } from "@/components/ui/Ago";
import { CopyId } from "@/components/ui/CopyId";
import { Icon } from "@/components/ui/Icon";
import { verificationQuery } from "@/lib/api/queries";
import type { ChainBreak } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { brokenLogs } from "../model/chain";
import css from "./ChainNote.module.css";

/** Whether the rows below are what was written: a quiet line if they are, an alarm if not. */
export function ChainNote() {
  const { data } = useQuery(verificationQuery);
  if (!data) return null;
  const broken = brokenLogs(data);
  if (broken.length > 0) return <BrokenChain breaks={broken} />;
  const { rules } = data;
  if (rules.verdict === "unread" || rules.since === null) {
    return <p className={css.note}>{t("chain.unread")}</p>;
  }
  return (
    <p className={css.note}>
      <Icon name="check" />
      <span>
        {t("chain.whole", { n: rules.rows, revision: rules.toRevision })} <Ago at={rules.since} />.
      </span>
      {rules.dropped > 0 && <span>{t("chain.dropped", { n: rules.dropped })}</span>}
      <span>{t("chain.head")}</span>
      <CopyId id={rules.head} max={14} />
    </p>
  );
}

function BrokenChain({ breaks }: { breaks: ChainBreak[] }) {
  return (
    <div className={css.broken} role="alert">
      <Icon name="bad" />
      <div>
        <p className={css.title}>{t("chain.broken", { n: breaks.length })}</p>
        <ul className={css.breaks}>
          {breaks.slice(0, 5).map((row) => (
            <li key={`${row.kind}${row.id}${row.position}`}>
              <strong>{t(`chain.${row.kind}`)}</strong>{" "}
              {row.revision > 0 && <span className="mono">r{row.revision}</span>}{" "}
              {row.id && <CopyId id={row.id} max={14} />} {row.detail}
            </li>
          ))}
        </ul>
        <p className={css.how}>
          <code>clearspan ctl audit verify</code> {t("chain.how")}
        </p>
      </div>
    </div>
  );
}
