import { TextInput } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "@/components/ui/Dialog";
import { deleteRule } from "@/lib/api/alerts";
import type { AlertRuleEntry } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useAlertChange } from "./useAlertChange";

export function DeleteRuleDialog({ entry, onClose }: { entry: AlertRuleEntry; onClose: () => void }) {
  const { rule, revision, origin } = entry;
  const [reason, setReason] = useState("");
  const change = useAlertChange(() => deleteRule(rule.id, revision, reason.trim()), onClose);
  const resets = origin === "overridden";
  return (
    <Dialog
      size={640}
      title={t(resets ? "alerts.resetOf" : "alerts.deleteOf", { name: rule.name })}
      verb={t(resets ? "alerts.reset" : "alerts.delete")}
      color="red"
      ready={reason.trim() !== ""}
      pending={change.isPending}
      error={change.error}
      command={`clearspan ctl alert-rule delete ${rule.id} --reason '${reason.trim() || "..."}'`}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      <p>{t(resets ? "alerts.resetEffect" : "alerts.deleteEffect")}</p>
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
