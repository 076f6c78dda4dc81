import { NumberInput } from "@mantine/core";
import { useState } from "react";
import { Dialog, Effect } from "@/components/ui/Dialog";
import { changeFrom, controlRequest, curlCommand, type InstanceChange, putControls } from "@/lib/api/changes";
import type { InstanceDetail } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { isWeight, MAX_WEIGHT } from "@/lib/weight";
import { type Reason, ReasonFields } from "./ReasonFields";
import { useChange } from "./useChange";

export type InstanceAction = "drain" | "eject" | "lift" | "weight";

interface InstanceActionDialogProps {
  service: string;
  instance: InstanceDetail;
  action: InstanceAction;
  onClose: () => void;
  /** After the change is stored. */
  onDone?: () => void;
}

/** Confirms what is done to one instance, asks why and for how long. */
export function InstanceActionDialog(props: InstanceActionDialogProps) {
  const { service, instance, action, onClose, onDone = onClose } = props;
  const { id } = instance;
  const [reason, setReason] = useState<Reason>({ reason: "", ttlSeconds: null });
  const [weight, setWeight] = useState<number | string>(instance.weight.configured);
  const entry = changeFor(action, instance, Number(weight));
  const { path, body } = controlRequest(service, { [id]: entry }, reason.reason.trim(), reason.ttlSeconds);
  const change = useChange({
    change: (wanted: InstanceChange) =>
      putControls(service, { [id]: wanted }, reason.reason.trim(), reason.ttlSeconds),
    undo: () => () =>
      putControls(service, { [id]: changeFrom(instance.control) }, t("control.undoReason"), null),
    onDone,
  });
  const color = action === "eject" ? "red" : "blue";
  const sets = action === "weight";
  return (
    <Dialog
      title={t("instances.actionOf", { action: t(`instances.do.${action}`), id })}
      verb={t(`instances.do.${action}`)}
      color={color}
      ready={reason.reason.trim() !== "" && (!sets || isWeight(weight))}
      pending={change.isPending}
      error={change.error}
      command={curlCommand("PUT", path, body)}
      onSubmit={() => change.mutate(entry)}
      onClose={onClose}
    >
      <Effect color={color}>{t(`instances.effect.${action}`, { id, base: instance.weight.base })}</Effect>
      {sets && (
        <NumberInput
          label={t("instances.weightOf", { id })}
          data-autofocus
          min={0}
          max={MAX_WEIGHT}
          allowDecimal={false}
          clampBehavior="strict"
          value={weight}
          onChange={setWeight}
        />
      )}
      <ReasonFields value={reason} onChange={setReason} autoFocus={!sets} />
    </Dialog>
  );
}

/** All but lift keep what else was overridden; lift removes all of it. */
function changeFor(
  action: InstanceAction,
  { control, weight: { base } }: InstanceDetail,
  weight: number,
): InstanceChange {
  if (action === "lift") return {};
  const kept = changeFrom(control);
  return action === "weight"
    ? { ...kept, weight: weight === base ? null : weight }
    : { ...kept, [action]: true };
}
