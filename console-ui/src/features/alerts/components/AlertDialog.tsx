import { Button, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { CommandLine } from "@/components/ui/CommandLine";
import { ErrorNote } from "@/components/ui/States";
import { t } from "@/lib/i18n";
import css from "./AlertsPage.module.css";

interface AlertDialogProps {
  title: string;
  verb: string;
  danger?: boolean;
  ready: boolean;
  pending: boolean;
  error: Error | null;
  command: string;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form with one verb and the command that does the same. */
export function AlertDialog(props: AlertDialogProps) {
  const { title, verb, danger, ready, pending, error, command, onSubmit, onClose, children } = props;
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={640}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
        <details>
          <summary>{t("control.command")}</summary>
          <CommandLine command={command} />
        </details>
        {error && <ErrorNote error={error} />}
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" color={danger ? "red" : "blue"} loading={pending} disabled={!ready}>
            {verb}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
