import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ago } from "@/components/ui/Ago";
import { CopyId } from "@/components/ui/CopyId";
import { Panel } from "@/components/ui/Panel";
import { systemQuery } from "@/lib/api/queries";
import type { Absence, ShedStretch } from "@/lib/api/types";
import { bytes, count, plain, share } from "@/lib/format/quantity";
import { clock, exact, span } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { stageName } from "@/lib/system/stages";
import { useNow } from "@/lib/useNow";
import css from "./MissingTrace.module.css";

interface MissingTraceProps {
  traceId: string;
  absence: Absence;
  /** Whether it is still looked for by itself. */
  looking: boolean;
  onLook: () => void;
}

/** A trace that is not stored: why, as far as is known, and what to look at instead. */
export function MissingTrace({ traceId, absence, looking, onLook }: MissingTraceProps) {
  const { data: system } = useQuery(systemQuery);
  return (
    <div className={css.missing}>
      <header>
        <h1 className={css.title}>{t("missing.title")}</h1>
        <p className={css.id}>
          <CopyId id={traceId} max={32} />
        </p>
        <p className={css.sentence}>{sentence(absence, system?.env ?? "")}</p>
        <p className={css.quiet} role="status">
          {looking ? (
            t("missing.arriving", { n: absence.arrivalSeconds })
          ) : (
            <Button variant="default" onClick={onLook}>
              {t("missing.again")}
            </Button>
          )}
        </p>
      </header>
      {absence.shed.length > 0 && <Shed stretches={absence.shed} />}
      {absence.lost.length > 0 && <Lost losses={absence.lost} />}
      <RetentionNote retention={absence.retention} />
    </div>
  );
}

function sentence({ cause, shed, reporting }: Absence, env: string): string {
  if (cause === "SHED") return t("missing.shedSentence", { service: shed[0]?.service ?? "" });
  if (cause === "LOST") return t("missing.lostSentence");
  return reporting === 0 ? t("missing.unheard") : t("missing.unknown", { n: reporting, env });
}

function Shed({ stretches }: { stretches: ShedStretch[] }) {
  return (
    <Panel title={t("missing.shed")} hint={t("missing.shedHint")} flush>
      <table className="grid">
        <tbody>
          {stretches.map((one) => (
            <tr key={`${one.service} ${one.from}`}>
              <th scope="row">{one.service}</th>
              <td title={`${exact(one.from)} – ${exact(one.to)}`}>
                {t("missing.shedTimes", { from: clock(new Date(one.from)), to: clock(new Date(one.to)) })}
              </td>
              <td>{t("missing.share", { share: plain(share(one.share)), n: plain(count(one.count)) })}</td>
              <td className="wide">
                {one.similarTraceId ? (
                  <Link to="/traces/$traceId" params={{ traceId: one.similarTraceId }}>
                    {t("missing.likeIt")}
                  </Link>
                ) : (
                  <span className="quiet">{t("missing.none")}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Lost({ losses }: { losses: Absence["lost"] }) {
  return (
    <Panel title={t("missing.lost")} hint={t("missing.lostHint")} flush>
      <table className="grid">
        <tbody>
          {losses.map(({ service, instance, stage, count: n, at }) => (
            <tr key={`${service} ${instance} ${stage}`}>
              <th scope="row">{t("missing.lostBy", { instance: instance || "?", service, n })}</th>
              <td className="wide">{stageName(stage)}</td>
              <td className="right quiet">{at && <Ago at={at} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function RetentionNote({ retention }: { retention: Absence["retention"] }) {
  const now = useNow();
  const { hours, maxBytes, oldest } = retention;
  return (
    <p className={css.quiet}>
      {t("missing.retention", { hours, bytes: plain(bytes(maxBytes)) })}{" "}
      {oldest
        ? t("missing.retentionOldest", { span: span(now - Date.parse(oldest)) })
        : t("missing.retentionEmpty")}
    </p>
  );
}
