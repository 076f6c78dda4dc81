import { Button, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { AcksStrip } from "@/components/control/AcksStrip";
import { type Reason, ReasonFields } from "@/components/control/ReasonFields";
import { useChange } from "@/components/control/useChange";
import { CodeBlock } from "@/components/ui/CodeBlock";
import { CommandLine } from "@/components/ui/CommandLine";
import { JsonDiff } from "@/components/ui/JsonDiff";
import { Panel } from "@/components/ui/Panel";
import { ErrorNote, Loaded } from "@/components/ui/States";
import { putPolicy } from "@/lib/api/changes";
import { ApiError } from "@/lib/api/client";
import { policyQuery } from "@/lib/api/queries";
import { useMaySteer } from "@/lib/api/rights";
import type { PolicyDocument } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { applyCommand, type GuardDraft, guarded, hasLimit } from "../model/guard";
import { parsePolicy, policyText, rulesOf } from "../model/policyText";
import { DraftWarning } from "./DraftWarning";
import { EffectivePanel } from "./EffectivePanel";
import { GuardFields } from "./GuardFields";
import { PolicyPreview } from "./PolicyPreview";
import css from "./PolicyTab.module.css";
import { PolicyVersions } from "./PolicyVersions";
import { Trial } from "./Trial";
import { useAskedToEdit } from "./useAskedToEdit";

export function PolicyTab({ service }: { service: string }) {
  const query = useQuery(policyQuery(service));
  const [editing, setEditing] = useState<PolicyDocument | null>(null);
  useAskedToEdit(query.data, setEditing);
  return (
    <>
      <Loaded query={query}>
        {(document) =>
          editing ? (
            <PolicyEditor
              key={editing.revision}
              base={editing}
              onRebase={(revision, policy) => setEditing({ ...editing, revision, policy })}
              onClose={() => setEditing(null)}
            />
          ) : (
            <PolicyView document={document} onEdit={() => setEditing(document)} />
          )
        }
      </Loaded>
      {query.data && <PolicyVersions current={query.data} />}
    </>
  );
}

function PolicyView({ document, onEdit }: { document: PolicyDocument; onEdit: () => void }) {
  const stated = document.revision > 0;
  const may = useMaySteer()(document.service);
  return (
    <div className={css.two}>
      <Panel
        title={t("policy.title")}
        hint={stated ? t("policy.revision", { revision: document.revision }) : t("policy.none")}
        actions={may && <Button onClick={onEdit}>{t("policy.edit")}</Button>}
      >
        <Trial document={document} />
        {stated && (
          <div className={css.proof}>
            <AcksStrip service={document.service} revision={document.revision} />
          </div>
        )}
        <CodeBlock label={t("policy.title")}>{policyText(document.policy)}</CodeBlock>
      </Panel>
      <EffectivePanel service={document.service} revision={document.revision} />
    </div>
  );
}

interface PolicyEditorProps {
  base: PolicyDocument;
  onRebase: (revision: number, policy: Record<string, unknown>) => void;
  onClose: () => void;
}

function PolicyEditor({ base, onRebase, onClose }: PolicyEditorProps) {
  const [text, setText] = useState(() => policyText(base.policy));
  const [reason, setReason] = useState<Reason>({ reason: "", ttlSeconds: null });
  const [guard, setGuard] = useState<GuardDraft | null>(null);
  const parsed = parsePolicy(text);
  const policy = "policy" in parsed ? parsed.policy : null;
  const change = useChange({
    change: (wanted: Record<string, unknown>) =>
      putPolicy(base.service, guarded(wanted, guard), base.revision, reason.reason.trim()),
    undo: () => (done) => putPolicy(base.service, base.policy, done.revision, t("control.undoReason")),
    onDone: onClose,
  });
  const ready = policy !== null && reason.reason.trim() !== "" && (guard === null || hasLimit(guard));
  const problem = change.error instanceof ApiError ? change.error.problem : null;
  return (
    <Panel title={t("policy.edit")} hint={t("policy.revision", { revision: base.revision })}>
      <form
        className={css.editor}
        onSubmit={(event) => {
          event.preventDefault();
          if (policy) change.mutate(policy);
        }}
      >
        <div className={css.two}>
          <Textarea
            label={t("policy.document")}
            classNames={{ input: css.input ?? "" }}
            autosize
            minRows={14}
            maxRows={28}
            spellCheck={false}
            value={text}
            error={"error" in parsed ? parsed.error : problem?.field && `${problem.field}: ${problem.detail}`}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <div>
            <p className={css.label}>{t("policy.preview")}</p>
            <JsonDiff before={base.policy} after={policy ?? base.policy} />
          </div>
        </div>
        <PolicyPreview service={base.service} draft={policy} />
        {problem?.current && (
          <Conflict
            mine={policy ?? base.policy}
            revision={problem.current.revision}
            stored={rulesOf(problem.current.value as Record<string, unknown>)}
            onRebase={onRebase}
          />
        )}
        {policy && <DraftWarning service={base.service} draft={policy} />}
        {change.error && !problem?.field && !problem?.current && <ErrorNote error={change.error} />}
        {base.guard && <p className={css.note}>{t("guard.saveEnds")}</p>}
        <GuardFields value={guard} onChange={setGuard} />
        <div className={css.row}>
          <ReasonFields value={reason} onChange={setReason} expires={false} />
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={change.isPending} disabled={!ready}>
            {t(guard ? "guard.save" : "policy.save")}
          </Button>
        </div>
        <details>
          <summary>{t("control.command")}</summary>
          <CommandLine command={applyCommand(base.service, reason.reason.trim(), guard)} />
        </details>
      </form>
    </Panel>
  );
}

interface ConflictProps {
  mine: Record<string, unknown>;
  stored: Record<string, unknown>;
  revision: number;
  onRebase: PolicyEditorProps["onRebase"];
}

/** Someone saved in between: what is stored now against mine, and two honest ways on. */
function Conflict({ mine, stored, revision, onRebase }: ConflictProps) {
  return (
    <div className={css.conflict} role="alert">
      <p>{t("policy.conflict", { revision })}</p>
      <JsonDiff before={stored} after={mine} />
      <div className={css.buttons}>
        <Button variant="default" onClick={() => onRebase(revision, stored)}>
          {t("policy.takeTheirs")}
        </Button>
        <Button variant="default" onClick={() => onRebase(revision, mine)}>
          {t("policy.keepMine", { revision })}
        </Button>
      </div>
    </div>
  );
}
