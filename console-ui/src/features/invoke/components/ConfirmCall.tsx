import { Button, Modal } from "@mantine/core";
import { CommandLine } from "@/components/ui/CommandLine";
import type { InvokeRequest } from "@/lib/api/types";
import { shortMethod } from "@/lib/format/id";
import { t } from "@/lib/i18n";
import { commandOf } from "../model/request";
import css from "./InvokePage.module.css";

interface ConfirmCallProps {
  request: InvokeRequest;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before a call that may change something each time it is made. */
export function ConfirmCall({ request, onConfirm, onClose }: ConfirmCallProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("invoke.confirmTitle", { method: shortMethod(request.method) })}
      size={560}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <div className={css.stack}>
        <p className={css.message}>{t("invoke.confirm")}</p>
        <CommandLine command={commandOf(request)} />
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button color="red" data-autofocus onClick={onConfirm}>
            {t("invoke.send")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
