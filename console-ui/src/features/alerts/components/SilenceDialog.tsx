import { NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog } from "@/components/ui/Dialog";
import { addSilence, alertRulesQuery } from "@/lib/api/alerts";
import { servicesQuery } from "@/lib/api/queries";
import { span } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { silenceCommand } from "../model/ruleForm";
import css from "./AlertsPage.module.css";
import { useAlertChange } from "./useAlertChange";

const SECONDS = [900, 3_600, 14_400, 86_400, 604_800];

interface SilenceDialogProps {
  rule: string;
  service: string;
  onClose: () => void;
}

/** Mutes a rule, a service or both for a while: the alerts go on, nobody is told. */
export function SilenceDialog({ rule: firstRule, service: firstService, onClose }: SilenceDialogProps) {
  const { data: rules } = useQuery(alertRulesQuery);
  const { data: services = [] } = useQuery(servicesQuery);
  const [rule, setRule] = useState(firstRule);
  const [service, setService] = useState(firstService);
  const [seconds, setSeconds] = useState(3_600);
  const [reason, setReason] = useState("");
  const request = {
    ...(rule ? { rule } : {}),
    ...(service ? { service } : {}),
    seconds,
    reason: reason.trim(),
  };
  const change = useAlertChange(() => addSilence(request), onClose);
  const known = new Set([...services.map((one) => one.service), ...(firstService ? [firstService] : [])]);
  return (
    <Dialog
      size={640}
      title={t("alerts.silenceTitle")}
      verb={t("alerts.silence")}
      ready={request.reason !== ""}
      pending={change.isPending}
      error={change.error}
      command={silenceCommand(rule, service, seconds, request.reason)}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      <p>{t("alerts.silenceEffect")}</p>
      <div className={css.row}>
        <NativeSelect
          label={t("alerts.rule")}
          value={rule}
          onChange={(event) => setRule(event.currentTarget.value)}
          data={[
            { value: "", label: t("alerts.anyRule") },
            ...(rules?.rules.map((one) => ({ value: one.rule.id, label: one.rule.name })) ??
              (firstRule ? [firstRule] : [])),
          ]}
        />
        <NativeSelect
          label={t("column.service")}
          value={service}
          onChange={(event) => setService(event.currentTarget.value)}
          data={[{ value: "", label: t("audit.anyService") }, ...known]}
        />
        <NativeSelect
          label={t("alerts.silenceFor")}
          value={String(seconds)}
          onChange={(event) => setSeconds(Number(event.currentTarget.value))}
          data={SECONDS.map((n) => ({ value: String(n), label: span(n * 1_000) }))}
        />
      </div>
      <TextInput
        label={t("control.reason")}
        placeholder={t("control.reasonHint")}
        value={reason}
        maxLength={200}
        data-autofocus
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  );
}
