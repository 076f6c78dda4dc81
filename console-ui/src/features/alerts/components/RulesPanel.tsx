import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Panel } from "@/components/ui/Panel";
import { Loaded } from "@/components/ui/States";
import { Tag } from "@/components/ui/Tag";
import { quantity, sign, stateTone } from "@/lib/alerts";
import { alertRulesQuery } from "@/lib/api/alerts";
import { sessionQuery } from "@/lib/api/queries";
import type { AlertRuleEntry, AlertRuleList } from "@/lib/api/types";
import { plain } from "@/lib/format/quantity";
import { span } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { mayEdit, newRule } from "../model/ruleForm";
import type { AlertsSearch } from "../search";
import css from "./AlertsPage.module.css";
import { DeleteRuleDialog } from "./DeleteRuleDialog";
import { RuleDialog } from "./RuleDialog";

const NEW = "new";

interface RulesPanelProps {
  search: AlertsSearch;
  onEdit: (id: string | undefined) => void;
}

/** All rules, how each stands, and the dialogs that change them. */
export function RulesPanel({ search, onEdit }: RulesPanelProps) {
  const query = useQuery(alertRulesQuery);
  const { data: session } = useQuery(sessionQuery);
  const [leaving, setLeaving] = useState<AlertRuleEntry | null>(null);
  const edited = query.data?.rules.find(({ rule }) => rule.id === search.edit);
  const close = () => onEdit(undefined);
  const user = session?.user;
  const mayAdd = user !== undefined && user.role !== "viewer";
  return (
    <Panel
      title={t("alerts.rules")}
      hint={t("alerts.rulesHint")}
      flush
      actions={mayAdd && <Button onClick={() => onEdit(NEW)}>{t("alerts.addRule")}</Button>}
    >
      <Loaded query={query}>
        {(list) => (
          <>
            <Ignored ignored={list.ignored} />
            <RulesTable
              rules={list.rules}
              may={(service) => mayEdit(user, service)}
              onEdit={onEdit}
              onDelete={setLeaving}
            />
          </>
        )}
      </Loaded>
      {mayAdd && search.edit === NEW && (
        <RuleDialog
          rule={newRule(user.role === "admin" ? "" : (user.services[0] ?? search.service ?? ""))}
          revision={0}
          fresh
          onClose={close}
        />
      )}
      {mayAdd && edited && <RuleDialog rule={edited.rule} revision={edited.revision} onClose={close} />}
      {leaving && <DeleteRuleDialog entry={leaving} onClose={() => setLeaving(null)} />}
    </Panel>
  );
}

function Ignored({ ignored }: Pick<AlertRuleList, "ignored">) {
  return ignored.map(({ key, reason }) => (
    <p key={key} className={css.preview} role="status">
      <span>
        <Tag tone="warn">{t("alerts.ignored")}</Tag> <code>{key}</code> {reason}
      </span>
    </p>
  ));
}

interface RulesTableProps {
  rules: AlertRuleEntry[];
  may: (service: string) => boolean;
  onEdit: (id: string) => void;
  onDelete: (entry: AlertRuleEntry) => void;
}

function RulesTable({ rules, may, onEdit, onDelete }: RulesTableProps) {
  return (
    <table className={`grid ${css.tall}`}>
      <thead>
        <tr>
          <th scope="col" className="wide">
            {t("alerts.rule")}
          </th>
          <th scope="col">{t("alerts.about")}</th>
          <th scope="col">{t("alerts.condition")}</th>
          <th scope="col">{t("alerts.severity")}</th>
          <th scope="col">{t("alerts.stands")}</th>
          <th scope="col" className={css.origin}>
            {t("alerts.origin")}
          </th>
          <th scope="col">
            <span className="visually-hidden">{t("column.actions")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rules.map((entry) => (
          <tr key={entry.rule.id}>
            <th scope="row" className="wide">
              {entry.rule.name}
              <span className={`${css.what} mono`}>{entry.rule.id}</span>
            </th>
            <td>
              {[entry.rule.target.caller, entry.rule.target.service].filter(Boolean).join(" → ") ||
                t(entry.rule.kind === "intake_refused" ? "alerts.console" : "alerts.each")}
            </td>
            <td className={css.condition}>{conditionWords(entry)}</td>
            <td>{t(`alerts.severity.${entry.rule.severity}`)}</td>
            <td>
              <Stands entry={entry} />
            </td>
            <td className={`quiet ${css.origin}`}>{t(`alerts.origin.${entry.origin}`)}</td>
            <td>
              {may(entry.rule.target.service) && (
                <div className={css.links}>
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={t("alerts.editOf", { name: entry.rule.name })}
                    onClick={() => onEdit(entry.rule.id)}
                  >
                    {t("alerts.edit")}
                  </Button>
                  {entry.revision > 0 && (
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={t(entry.origin === "overridden" ? "alerts.resetOf" : "alerts.deleteOf", {
                        name: entry.rule.name,
                      })}
                      onClick={() => onDelete(entry)}
                    >
                      {t(entry.origin === "overridden" ? "alerts.reset" : "alerts.delete")}
                    </Button>
                  )}
                </div>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function conditionWords({ rule: { kind, condition, forSeconds } }: AlertRuleEntry): string {
  const { operator, threshold, unit } = condition;
  const limit = `${t(`alerts.kind.${kind}`)} ${sign(operator)} ${plain(quantity(threshold, unit))}`;
  return forSeconds ? `${limit}, ${t("alerts.forTime", { span: span(forSeconds * 1_000) })}` : limit;
}

function Stands({ entry: { rule, outcome } }: { entry: AlertRuleEntry }) {
  if (!rule.enabled) return <Tag>{t("alerts.disabled")}</Tag>;
  if (outcome.firing)
    return (
      <Tag tone={stateTone("firing", rule.severity)}>{t("alerts.firingCount", { n: outcome.firing })}</Tag>
    );
  if (outcome.pending) return <Tag tone="warn">{t("alerts.pendingCount", { n: outcome.pending })}</Tag>;
  if (outcome.detail || (outcome.targets > 0 && outcome.noData >= outcome.targets))
    return (
      <Tag tone="stale" title={outcome.detail}>
        {t("alerts.state.no_data")}
      </Tag>
    );
  return <span title={t("alerts.targets", { n: outcome.targets })}>{t("alerts.well")}</span>;
}
