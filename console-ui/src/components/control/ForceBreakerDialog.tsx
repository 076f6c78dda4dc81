import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { Dialog, Effect } from "@/components/ui/Dialog";
import { curlCommand, forceBreaker } from "@/lib/api/changes";
import { segment } from "@/lib/api/client";
import type { Breaker, BreakerState, ForceBreakerRequest } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { type Reason, ReasonFields } from "./ReasonFields";
import { useChange } from "./useChange";

export type ForcedChoice = Extract<BreakerState, "OPEN" | "CLOSED"> | "AUTO";

export interface ForceTarget extends Pick<Breaker, "caller" | "service" | "method" | "instance" | "forced"> {
  choice: ForcedChoice;
}

interface ForceBreakerDialogProps {
  target: ForceTarget;
  onClose: () => void;
  /** After the change is stored. */
  onDone?: () => void;
}

const CHOICES: ForcedChoice[] = ["OPEN", "CLOSED", "AUTO"];
const COLORS = { OPEN: "red", CLOSED: "violet", AUTO: "blue" } as const;

/** Confirms what a forced breaker does to traffic, asks why and for how long. */
export function ForceBreakerDialog({ target, onClose, onDone = onClose }: ForceBreakerDialogProps) {
  const [choice, setChoice] = useState<ForcedChoice>(target.choice);
  const [reason, setReason] = useState<Reason>({ reason: "", ttlSeconds: 900 });
  const body = requestOf(target, choice, reason);
  const change = useChange({
    change: (request: ForceBreakerRequest) => forceBreaker(target.service, request),
    undo: () => () => forceBreaker(target.service, restore(target)),
    onDone,
  });
  const caller = target.caller || t("changes.anyCaller");
  const scope = [target.method, target.instance].filter(Boolean).join(" · ");
  return (
    <Dialog
      title={t("force.title", { caller, service: target.service })}
      verb={t(`force.do.${choice}`)}
      color={COLORS[choice]}
      ready={reason.reason.trim() !== ""}
      pending={change.isPending}
      error={change.error}
      command={curlCommand("PUT", `/services/${segment(target.service)}/breakers`, body)}
      onSubmit={() => change.mutate(body)}
      onClose={onClose}
    >
      {scope && <p className="mono">{scope}</p>}
      <SegmentedControl
        fullWidth
        aria-label={t("force.state")}
        value={choice}
        onChange={(value) => setChoice(value as ForcedChoice)}
        data={CHOICES.map((value) => ({ value, label: t(`force.${value}`) }))}
      />
      <Effect color={COLORS[choice]}>
        {t(`force.effect.${choice}`, { caller, service: target.service })}
      </Effect>
      <ReasonFields value={reason} onChange={setReason} autoFocus />
    </Dialog>
  );
}

function requestOf(
  target: ForceTarget,
  state: ForcedChoice,
  { reason, ttlSeconds }: Reason,
): ForceBreakerRequest {
  const scope = {
    ...(target.caller ? { caller: target.caller } : {}),
    ...(target.method ? { method: target.method } : {}),
    ...(target.instance ? { instance: target.instance } : {}),
  };
  return { ...scope, state, reason: reason.trim(), ...(state === "AUTO" ? {} : { ttlSeconds }) };
}

/** Puts back what was forced before, or the automatic state. */
function restore(target: ForceTarget): ForceBreakerRequest {
  const automatic = requestOf(target, "AUTO", { reason: t("control.undoReason"), ttlSeconds: null });
  return { ...automatic, state: target.forced ?? "AUTO" };
}
