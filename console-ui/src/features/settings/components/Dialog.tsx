import { Button, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { ErrorNote } from "@/components/ui/States";
import { t } from "@/lib/i18n";
import css from "./Settings.module.css";

interface DialogProps {
  title: string;
  verb: string;
  /** Takes something away. */
  danger?: boolean;
  ready: boolean;
  pending: boolean;
  error: Error | null;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form over the page with one verb. */
export function Dialog({
  title,
  verb,
  danger,
  ready,
  pending,
  error,
  onSubmit,
  onClose,
  children,
}: DialogProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={520}
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
