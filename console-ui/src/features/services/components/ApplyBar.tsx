import { Button } from "@mantine/core";
import { useState } from "react";
import { type Reason, ReasonFields } from "@/components/control/ReasonFields";
import { useChange } from "@/components/control/useChange";
import { CommandLine } from "@/components/ui/CommandLine";
import { ErrorNote } from "@/components/ui/States";
import { changeFrom, controlRequest, curlCommand, type InstanceChange, putControls } from "@/lib/api/changes";
import type { InstanceDetail } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { changesOf, type Drafts } from "../model/weights";
import css from "./ApplyBar.module.css";

interface ApplyBarProps {
  service: string;
  instances: InstanceDetail[];
  drafts: Drafts;
  onDone: () => void;
}

/** What will change, why, and the verb. */
export function ApplyBar({ service, instances, drafts, onDone }: ApplyBarProps) {
  const [reason, setReason] = useState<Reason>({ reason: "", ttlSeconds: null });
  const changes = changesOf(instances, drafts);
  const { path, body } = controlRequest(service, changes, reason.reason.trim(), reason.ttlSeconds);
  const change = useChange({
    change: (entries: Record<string, InstanceChange>) =>
      putControls(service, entries, reason.reason.trim(), reason.ttlSeconds),
    undo: (entries) => {
      const before = Object.fromEntries(
        instances.filter((i) => i.id in entries).map((i) => [i.id, changeFrom(i.control)]),
      );
      return () => putControls(service, before, t("control.undoReason"), null);
    },
    onDone,
  });
  return (
    <form
      className={css.bar}
      aria-label={t("instances.apply")}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(changes);
      }}
    >
      <ul className={css.changes}>
        {Object.entries(drafts).map(([id, weight]) => (
          <li key={id}>
            <b>{id}</b> {instances.find((i) => i.id === id)?.weight.configured} → {weight}
          </li>
        ))}
      </ul>
      <div className={css.row}>
        <ReasonFields value={reason} onChange={setReason} />
        <div className={css.buttons}>
          <Button variant="default" onClick={onDone}>
            {t("action.discard")}
          </Button>
          <Button type="submit" loading={change.isPending} disabled={!reason.reason.trim()}>
            {t("instances.applyNow")}
          </Button>
        </div>
      </div>
      {change.error && <ErrorNote error={change.error} />}
      <details className={css.command}>
        <summary>{t("control.command")}</summary>
        <CommandLine command={curlCommand("PUT", path, body)} />
      </details>
    </form>
  );
}
