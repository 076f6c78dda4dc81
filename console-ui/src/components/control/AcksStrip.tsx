import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorNote } from "@/components/ui/States";
import { acksQuery } from "@/lib/api/queries";
import type { Acks } from "@/lib/api/types";
import { millis, plain } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { runUndo, UNDO_MILLIS, type Undoable, useUndoable } from "@/lib/live/changes";
import { useNow } from "@/lib/useNow";
import css from "./AcksStrip.module.css";
import { type AckView, ackMarks, ackView } from "./acksModel";

interface AcksStripProps {
  service: string;
  revision: number;
}

/** Counts up who has applied a change, and names who has not. */
export function AcksStrip({ service, revision }: AcksStripProps) {
  const query = useQuery(acksQuery(service, revision));
  const undoable = useUndoable(service, revision);
  if (query.error) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <div className={css.strip} aria-busy="true" />;
  const view = ackView(query.data);
  return (
    <div
      className={css.strip}
      data-phase={view.phase}
      role="status"
      aria-label={t("acks.label", { revision })}
    >
      <div className={css.line}>
        <span className={css.sentence}>{sentence(view)}</span>
        {undoable && <UndoButton undoable={undoable} />}
      </div>
      <Marks acks={query.data} />
      {view.phase !== "complete" && <Waiting view={view} />}
      <Ignoring acks={query.data} />
    </div>
  );
}

export function sentence(view: AckView): string {
  if (view.total === 0) return t("acks.nobody");
  const params = { applied: view.applied, total: view.total, slowest: plain(millis(view.slowestMillis)) };
  if (view.phase === "complete") {
    return view.slowestMillis === null ? t("acks.allApplied", params) : t("acks.complete", params);
  }
  return t("acks.counting", params);
}

function Marks({ acks }: { acks: Acks }) {
  const states = ackMarks(acks);
  return (
    <span className={css.marks} aria-hidden="true">
      {states.map((state, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: marks have no identity but their place
        <i key={index} data-state={state} />
      ))}
    </span>
  );
}

function Waiting({ view }: { view: AckView }) {
  const shown = view.waiting.slice(0, 6);
  return (
    <ul className={css.waiting}>
      {shown.map((p) => (
        <li key={p.processId} data-state={p.state}>
          <b>{p.instance ?? p.service}</b> {t(`acks.${p.state}`)}
          {p.detail && <span> · {p.detail}</span>}
        </li>
      ))}
      {view.waiting.length > shown.length && (
        <li>{t("acks.more", { n: view.waiting.length - shown.length })}</li>
      )}
    </ul>
  );
}

/** Those that apply the change but for fields that they are too old to know. */
function Ignoring({ acks }: { acks: Acks }) {
  const older = acks.processes.filter((p) => p.ignored.length > 0);
  if (older.length === 0) return null;
  return (
    <ul className={css.waiting}>
      {older.slice(0, 6).map((p) => (
        <li key={p.processId} data-state="silent">
          <b>{p.instance ?? p.service}</b> {t("acks.ignores", { fields: p.ignored.join(", ") })}
        </li>
      ))}
      {older.length > 6 && <li>{t("acks.more", { n: older.length - 6 })}</li>}
    </ul>
  );
}

function UndoButton({ undoable }: { undoable: Undoable }) {
  const now = useNow();
  const [error, setError] = useState<Error | null>(null);
  const left = Math.ceil((undoable.committedAt + UNDO_MILLIS - now) / 1000);
  if (error) return <span className={css.failed}>{error.message}</span>;
  if (left <= 0) return null;
  return (
    <Button size="compact-xs" variant="default" onClick={() => runUndo(undoable).catch(setError)}>
      {t("acks.undo", { seconds: Math.min(left, UNDO_MILLIS / 1000) })}
    </Button>
  );
}
