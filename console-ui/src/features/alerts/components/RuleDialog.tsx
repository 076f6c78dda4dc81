import { NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog } from "@/components/ui/Dialog";
import { putRule } from "@/lib/api/alerts";
import { servicesQuery } from "@/lib/api/queries";
import type { AlertKind, AlertOperator, AlertRule } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import {
  applyCommand,
  flaws,
  KINDS,
  ofCalls,
  takesCaller,
  takesMethod,
  takesService,
  withKind,
} from "../model/ruleForm";
import { SEVERITIES } from "../search";
import css from "./AlertsPage.module.css";
import { RulePreview } from "./RulePreview";
import { useAlertChange } from "./useAlertChange";

interface RuleDialogProps {
  rule: AlertRule;
  /** The one that is replaced; 0: none is stored. */
  revision: number;
  fresh?: boolean;
  onClose: () => void;
}

const OPERATORS: AlertOperator[] = [">=", ">", "<=", "<"];

/** A rule as a form, with what it would find now. */
export function RuleDialog({ rule: first, revision, fresh = false, onClose }: RuleDialogProps) {
  const [rule, setRule] = useState(first);
  const [reason, setReason] = useState("");
  const change = useAlertChange(() => putRule(rule, revision, reason.trim()), onClose);
  const wrong = flaws(rule);
  const set = (part: Partial<AlertRule>) => setRule({ ...rule, ...part });
  return (
    <Dialog
      size={640}
      title={fresh ? t("alerts.addRule") : t("alerts.editOf", { name: first.name })}
      verb={t("alerts.save")}
      ready={wrong.length === 0 && reason.trim() !== ""}
      pending={change.isPending}
      error={change.error}
      command={applyCommand(rule, reason.trim())}
      foldCommand
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      <div className={css.row}>
        <TextInput
          label={t("alerts.id")}
          value={rule.id}
          disabled={!fresh}
          data-autofocus={fresh || undefined}
          error={rule.id !== "" && wrong.includes("id") && t("alerts.idRule")}
          onChange={(event) => set({ id: event.currentTarget.value })}
        />
        <TextInput
          label={t("alerts.name")}
          value={rule.name}
          maxLength={100}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
      </div>
      <What rule={rule} onChange={setRule} />
      <When rule={rule} onChange={setRule} wrong={wrong.includes("threshold")} />
      <div className={css.row}>
        <TextInput
          label={t("alerts.sentence")}
          value={rule.summary}
          maxLength={500}
          onChange={(event) => set({ summary: event.currentTarget.value })}
        />
        <TextInput
          label={t("alerts.runbook")}
          placeholder="https://"
          value={rule.runbookUrl}
          error={wrong.includes("runbookUrl") && t("alerts.runbookRule")}
          onChange={(event) => set({ runbookUrl: event.currentTarget.value.trim() })}
        />
      </div>
      <label className={css.check}>
        <input
          type="checkbox"
          checked={rule.enabled}
          onChange={(event) => set({ enabled: event.currentTarget.checked })}
        />
        {t("alerts.enabled")}
      </label>
      <RulePreview rule={rule} ready={wrong.every((flaw) => flaw === "id")} />
      <TextInput
        label={t("control.reason")}
        placeholder={t("control.reasonHint")}
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  );
}

interface PartProps {
  rule: AlertRule;
  onChange: (rule: AlertRule) => void;
}

function What({ rule, onChange }: PartProps) {
  const { data: services = [] } = useQuery(servicesQuery);
  const { target, kind } = rule;
  const known = new Set([
    ...services.map(({ service }) => service),
    ...(target.service ? [target.service] : []),
  ]);
  const aim = (part: Partial<AlertRule["target"]>) => onChange({ ...rule, target: { ...target, ...part } });
  return (
    <div className={css.row}>
      <NativeSelect
        label={t("alerts.looksAt")}
        value={kind}
        onChange={(event) => onChange(withKind(rule, event.currentTarget.value as AlertKind))}
        data={KINDS.map((value) => ({ value, label: t(`alerts.kind.${value}`) }))}
      />
      {takesService(kind) && (
        <NativeSelect
          label={t("column.service")}
          value={target.service}
          onChange={(event) => aim({ service: event.currentTarget.value })}
          data={[{ value: "", label: t("alerts.each") }, ...known]}
        />
      )}
      {takesCaller(kind) && (
        <TextInput
          label={t("column.caller")}
          placeholder={t("alerts.any")}
          value={target.caller}
          onChange={(event) => aim({ caller: event.currentTarget.value.trim() })}
        />
      )}
      {takesMethod(kind) && (
        <TextInput
          label={t("column.method")}
          placeholder={t("alerts.any")}
          value={target.method}
          onChange={(event) => aim({ method: event.currentTarget.value.trim() })}
        />
      )}
    </div>
  );
}

function When({ rule, onChange, wrong }: PartProps & { wrong: boolean }) {
  const { condition } = rule;
  const when = (part: Partial<AlertRule["condition"]>) =>
    onChange({ ...rule, condition: { ...condition, ...part } });
  return (
    <>
      <div className={css.row}>
        <NativeSelect
          label={t("alerts.operator")}
          value={condition.operator}
          onChange={(event) => when({ operator: event.currentTarget.value as AlertOperator })}
          data={OPERATORS}
        />
        <NumberInput
          label={t("alerts.threshold", { unit: condition.unit })}
          value={condition.threshold}
          min={0}
          hideControls
          error={wrong && t("alerts.thresholdRule")}
          onChange={(value) => when({ threshold: Number(value) })}
        />
        <Seconds
          label={t("alerts.for")}
          value={rule.forSeconds}
          onChange={(n) => onChange({ ...rule, forSeconds: n })}
        />
        <Seconds
          label={t("alerts.resolve")}
          value={rule.resolveSeconds}
          onChange={(n) => onChange({ ...rule, resolveSeconds: n })}
        />
      </div>
      <div className={css.row}>
        {ofCalls(rule.kind) && (
          <>
            <Seconds
              label={t("alerts.window")}
              value={condition.windowSeconds}
              onChange={(n) => when({ windowSeconds: n })}
            />
            <Seconds
              label={t("alerts.minCalls")}
              value={condition.minCalls}
              onChange={(n) => when({ minCalls: n })}
            />
          </>
        )}
        <NativeSelect
          label={t("alerts.severity")}
          value={rule.severity}
          onChange={(event) =>
            onChange({
              ...rule,
              severity: SEVERITIES.find((known) => known === event.currentTarget.value) ?? "warning",
            })
          }
          data={SEVERITIES.map((value) => ({ value, label: t(`alerts.severity.${value}`) }))}
        />
      </div>
    </>
  );
}

function Seconds({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number;
  onChange: (n: number) => void;
}) {
  return (
    <NumberInput
      label={label}
      value={value}
      min={0}
      allowDecimal={false}
      hideControls
      onChange={(next) => onChange(Number(next))}
    />
  );
}
