import { Dialog, Effect } from "@/components/ui/Dialog";
import type { InvokeRequest } from "@/lib/api/types";
import { shortMethod } from "@/lib/format/id";
import { t } from "@/lib/i18n";
import { commandOf } from "../model/request";

interface ConfirmCallProps {
  request: InvokeRequest;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before a call that may change something each time it is made. */
export function ConfirmCall({ request, onConfirm, onClose }: ConfirmCallProps) {
  return (
    <Dialog
      title={t("invoke.confirmTitle", { method: shortMethod(request.method) })}
      verb={t("invoke.send")}
      color="red"
      ready
      command={commandOf(request)}
      onSubmit={onConfirm}
      onClose={onClose}
    >
      <Effect color="red">{t("invoke.confirm")}</Effect>
    </Dialog>
  );
}
