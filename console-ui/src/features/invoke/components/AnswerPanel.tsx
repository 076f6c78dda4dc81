import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { CodeBlock } from "@/components/ui/CodeBlock";
import { CopyId } from "@/components/ui/CopyId";
import { Panel } from "@/components/ui/Panel";
import { Empty, ErrorNote } from "@/components/ui/States";
import { Tag } from "@/components/ui/Tag";
import type { Invocation } from "@/lib/api/types";
import { millis, plain } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { pretty } from "../model/document";
import css from "./InvokePage.module.css";

interface AnswerPanelProps {
  answer: Invocation | undefined;
  error: Error | null;
  pending: boolean;
  deadline: number;
}

/** What came back; brought into sight where it stands below a long request. */
export function AnswerPanel({ answer, error, pending, deadline }: AnswerPanelProps) {
  const place = useRef<HTMLDivElement>(null);
  const settled = !pending && (answer !== undefined || error !== null);
  useEffect(() => {
    if (settled) place.current?.scrollIntoView({ block: "nearest" });
  }, [settled]);
  return (
    <Panel title={t("invoke.answer")}>
      <div ref={place} className={css.stack} aria-live="polite" aria-busy={pending}>
        {pending ? (
          <p className={css.hint}>{t("invoke.sending", { n: deadline })}</p>
        ) : error ? (
          <ErrorNote error={error} />
        ) : answer ? (
          <Answer answer={answer} />
        ) : (
          <Empty title={t("invoke.noAnswer")}>{t("invoke.noAnswerHint")}</Empty>
        )}
      </div>
    </Panel>
  );
}

function Answer({ answer }: { answer: Invocation }) {
  const { status, responses, truncated, traceId, attempts } = answer;
  const metadata = [...answer.headers, ...answer.trailers];
  const [only] = responses;
  return (
    <>
      <div className={css.ending}>
        <Tag tone={status.code === "OK" ? "ok" : "bad"}>{status.code}</Tag>
        <span>
          {t("invoke.took", {
            took: plain(millis(answer.elapsedMillis)),
            instance: answer.instance ?? t("trace.nowhere"),
          })}
        </span>
        <span className="quiet">{t("invoke.attempts", { n: attempts.length })}</span>
      </div>
      {status.message && (
        <p className={css.message}>
          {status.message} <span className="quiet">({t(`invoke.saidBy.${status.origin}`)})</span>
        </p>
      )}
      <div className={css.ending}>
        <Link to="/traces/$traceId" params={{ traceId }}>
          {t("invoke.trace")}
        </Link>
        <CopyId id={traceId} />
      </div>
      {responses.length > 0 && (
        <div className={css.part}>
          <h3>{t("invoke.responses", { n: responses.length })}</h3>
          {truncated && <p className={css.why}>{truncated}</p>}
          <CodeBlock label={t("invoke.answer")}>
            {pretty(responses.length === 1 ? only : responses)}
          </CodeBlock>
        </div>
      )}
      {status.details.length > 0 && (
        <div className={css.part}>
          <h3>{t("invoke.details")}</h3>
          <CodeBlock label={t("invoke.details")}>{pretty(status.details)}</CodeBlock>
        </div>
      )}
      {metadata.length > 0 && (
        <div className={css.part}>
          <h3>{t("invoke.trailers")}</h3>
          <CodeBlock label={t("invoke.trailers")}>
            {metadata.map(({ key, value }) => `${key}: ${value}`).join("\n")}
          </CodeBlock>
        </div>
      )}
    </>
  );
}
