import { Button, Modal, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { CommandLine } from "@/components/ui/CommandLine";
import { ErrorNote } from "@/components/ui/States";
import { curlCommand, forceBreaker } from "@/lib/api/changes";
import { segment } from "@/lib/api/client";
import type { Breaker, BreakerState, ForceBreakerRequest } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import css from "./ForceBreakerDialog.module.css";
import { type Reason, ReasonFields } from "./ReasonFields";
import { useChange } from "./useChange";

export type ForcedChoice = Extract<BreakerState, "OPEN" | "CLOSED"> | "AUTO";

export interface ForceTarget extends Pick<Breaker, "caller" | "service" | "method" | "instance" | "forced"> {
  choice: ForcedChoice;
}

interface ForceBreakerDialogProps {
  target: ForceTarget;
  onClose: () => void;
}

const CHOICES: ForcedChoice[] = ["OPEN", "CLOSED", "AUTO"];

/** Confirms what a forced breaker does to traffic, asks why and for how long. */
export function ForceBreakerDialog({ target, onClose }: ForceBreakerDialogProps) {
  const [choice, setChoice] = useState<ForcedChoice>(target.choice);
  const [reason, setReason] = useState<Reason>({ reason: "", ttlSeconds: 900 });
  const body = requestOf(target, choice, reason);
  const change = useChange({
    change: (request: ForceBreakerRequest) => forceBreaker(target.service, request),
    undo: () => () => forceBreaker(target.service, restore(target)),
    onDone: onClose,
  });
  const title = t("force.title", {
    caller: target.caller || t("changes.anyCaller"),
    service: target.service,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={560}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(body);
        }}
      >
        {(target.method || target.instance) && (
          <p className={css.scope}>{[target.method, target.instance].filter(Boolean).join(" · ")}</p>
        )}
        <SegmentedControl
          fullWidth
          aria-label={t("force.state")}
          value={choice}
          onChange={(value) => setChoice(value as ForcedChoice)}
          data={CHOICES.map((value) => ({ value, label: t(`force.${value}`) }))}
        />
        <p className={css.effect} data-choice={choice}>
          {t(`force.effect.${choice}`, {
            caller: target.caller || t("changes.anyCaller"),
            service: target.service,
          })}
        </p>
        <ReasonFields value={reason} onChange={setReason} autoFocus />
        <CommandLine command={curlCommand("PUT", `/services/${segment(target.service)}/breakers`, body)} />
        {change.error && <ErrorNote error={change.error} />}
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button
            type="submit"
            color={choice === "OPEN" ? "red" : "violet"}
            loading={change.isPending}
            disabled={!reason.reason.trim()}
          >
            {t(`force.do.${choice}`)}
          </Button>
        </div>
      </form>
    </Modal>
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
