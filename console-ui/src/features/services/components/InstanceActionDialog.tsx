import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { type Reason, ReasonFields } from "@/components/control/ReasonFields";
import { useChange } from "@/components/control/useChange";
import { CommandLine } from "@/components/ui/CommandLine";
import { ErrorNote } from "@/components/ui/States";
import { changeFrom, controlRequest, curlCommand, type InstanceChange, putControls } from "@/lib/api/changes";
import type { InstanceDetail } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import css from "./InstanceActionDialog.module.css";

export type InstanceAction = "drain" | "eject" | "lift";

interface InstanceActionDialogProps {
  service: string;
  instance: InstanceDetail;
  action: InstanceAction;
  onClose: () => void;
}

export function InstanceActionDialog({ service, instance, action, onClose }: InstanceActionDialogProps) {
  const { id } = instance;
  const [reason, setReason] = useState<Reason>({ reason: "", ttlSeconds: null });
  const entry = changeFor(action, instance);
  const { path, body } = controlRequest(service, { [id]: entry }, reason.reason.trim(), reason.ttlSeconds);
  const change = useChange({
    change: (wanted: InstanceChange) =>
      putControls(service, { [id]: wanted }, reason.reason.trim(), reason.ttlSeconds),
    undo: () => () =>
      putControls(service, { [id]: changeFrom(instance.control) }, t("control.undoReason"), null),
    onDone: onClose,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={t("instances.actionOf", { action: t(`instances.do.${action}`), id })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(entry);
        }}
      >
        <p className={css.effect}>{t(`instances.effect.${action}`, { id })}</p>
        <ReasonFields value={reason} onChange={setReason} autoFocus />
        <CommandLine command={curlCommand("PUT", path, body)} />
        {change.error && <ErrorNote error={change.error} />}
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button
            type="submit"
            color={action === "eject" ? "red" : "blue"}
            loading={change.isPending}
            disabled={!reason.reason.trim()}
          >
            {t(`instances.do.${action}`)}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** Drain and eject keep a weight override; lift removes all of it. */
function changeFor(action: InstanceAction, { control }: InstanceDetail): InstanceChange {
  if (action === "lift") return {};
  const kept = { ...changeFrom(control) };
  return action === "drain" ? { ...kept, drain: true } : { ...kept, eject: true };
}
