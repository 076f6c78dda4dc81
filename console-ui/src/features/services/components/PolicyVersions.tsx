import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Fragment, useState } from "react";
import { type Reason, ReasonFields } from "@/components/control/ReasonFields";
import { useChange } from "@/components/control/useChange";
import { Ago } from "@/components/ui/Ago";
import { JsonDiff } from "@/components/ui/JsonDiff";
import { Panel } from "@/components/ui/Panel";
import { Empty, ErrorNote, Loaded } from "@/components/ui/States";
import { Tag } from "@/components/ui/Tag";
import { putPolicy, rollBackPolicy } from "@/lib/api/changes";
import { policyVersionsQuery } from "@/lib/api/queries";
import { useMaySteer } from "@/lib/api/rights";
import type { PolicyDocument, PolicyVersion } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import css from "./PolicyTab.module.css";

/** What the policy was, and the way back to it. */
export function PolicyVersions({ current }: { current: PolicyDocument }) {
  const query = useQuery(policyVersionsQuery(current.service));
  const [open, setOpen] = useState<string | null>(null);
  return (
    <Panel title={t("policy.versions")} hint={t("policy.versionsHint")} flush>
      <Loaded query={query} rows={2}>
        {(versions) =>
          versions.length === 0 ? (
            <Empty title={t("policy.noVersions")} />
          ) : (
            <table className="grid">
              <tbody>
                {versions.map((version) => (
                  <Fragment key={version.auditId}>
                    <tr>
                      <th scope="row" className="mono">
                        <button
                          type="button"
                          className={css.version}
                          aria-expanded={open === version.auditId}
                          onClick={() => setOpen(open === version.auditId ? null : version.auditId)}
                        >
                          r{version.revision}
                        </button>
                      </th>
                      <td className="quiet">
                        <Ago at={version.at} />
                      </td>
                      <td>{version.author}</td>
                      <td className="wide">
                        {version.guarded && <Tag tone="warn">{t("guard.wasOn")}</Tag>}
                        {version.action === "policy.revert" && <Tag tone="bad">{t("guard.wentBack")}</Tag>}
                        {version.action === "policy.keep" && <Tag tone="ok">{t("guard.kept")}</Tag>}{" "}
                        {version.reason}
                      </td>
                    </tr>
                    {open === version.auditId && (
                      <tr>
                        <td colSpan={4} className={css.detail}>
                          <RollBack current={current} version={version} onDone={() => setOpen(null)} />
                        </td>
                      </tr>
                    )}
                  </Fragment>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </Panel>
  );
}

interface RollBackProps {
  current: PolicyDocument;
  version: PolicyVersion;
  onDone: () => void;
}

function RollBack({ current, version, onDone }: RollBackProps) {
  const [reason, setReason] = useState<Reason>({ reason: "", ttlSeconds: null });
  const { service, revision, policy } = current;
  const change = useChange({
    change: (auditId: string) => rollBackPolicy(service, auditId, revision, reason.reason.trim()),
    undo: () => (done) => putPolicy(service, policy, done.revision, t("control.undoReason")),
    onDone,
  });
  const same = version.revision === revision;
  const may = useMaySteer()(service);
  return (
    <div className={css.editor}>
      <JsonDiff before={policy} after={version.policy} />
      {change.error && <ErrorNote error={change.error} />}
      {!same && may && (
        <div className={css.row}>
          <ReasonFields value={reason} onChange={setReason} expires={false} />
          <Button
            loading={change.isPending}
            disabled={!reason.reason.trim()}
            onClick={() => change.mutate(version.auditId)}
          >
            {t("policy.rollBack", { revision: version.revision })}
          </Button>
        </div>
      )}
    </div>
  );
}
