import { Button, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { t } from "@/lib/i18n";
import { CommandLine } from "./CommandLine";
import css from "./Dialog.module.css";
import { ErrorNote } from "./States";

interface DialogFrameProps {
  title: string;
  /** Width in px. */
  size?: number;
  /** True for what is lost when it is closed. */
  keepsOpen?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** Something over the page that has the keyboard until it is closed. */
export function DialogFrame({ title, size = 560, keepsOpen = false, onClose, children }: DialogFrameProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={!keepsOpen}
      title={title}
      size={size}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {children}
    </Modal>
  );
}

interface DialogProps extends Omit<DialogFrameProps, "keepsOpen" | "children"> {
  verb: string;
  /** Red takes something away, violet holds something by force. */
  color?: "blue" | "red" | "violet";
  ready: boolean;
  pending?: boolean;
  error?: Error | null;
  /** What does the same in a terminal. */
  command?: string;
  /** Long commands wait folded. */
  foldCommand?: boolean;
  onSubmit: () => void;
  children?: ReactNode;
}

/** A form with one verb, what it does, and the command that does the same. */
export function Dialog(props: DialogProps) {
  const { title, size, verb, color = "blue", ready, pending = false, error } = props;
  const { command, foldCommand = false, onSubmit, onClose, children } = props;
  return (
    <DialogFrame title={title} onClose={onClose} {...(size === undefined ? {} : { size })}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
        {command && !foldCommand && <CommandLine command={command} />}
        {command && foldCommand && (
          <details className={css.command}>
            <summary>{t("control.command")}</summary>
            <CommandLine command={command} />
          </details>
        )}
        {error && <ErrorNote error={error} />}
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" color={color} loading={pending} disabled={!ready}>
            {verb}
          </Button>
        </div>
      </form>
    </DialogFrame>
  );
}

/** What the verb does to the traffic, in one marked sentence. */
export function Effect({ color = "blue", children }: Pick<DialogProps, "color"> & { children: ReactNode }) {
  return (
    <p className={css.effect} data-color={color}>
      {children}
    </p>
  );
}
