import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { t } from "@/lib/i18n";
import { Icon } from "./Icon";
import css from "./PasswordField.module.css";

interface PasswordFieldProps
  extends Pick<PasswordInputProps, "label" | "description" | "error" | "size" | "autoComplete"> {
  value: string;
  onChange: (value: string) => void;
}

/** A password: can be shown, and says so while Caps Lock changes what is typed. */
export function PasswordField({ onChange, ...input }: PasswordFieldProps) {
  const [capsLock, setCapsLock] = useState(false);
  const look = (event: KeyboardEvent) => setCapsLock(event.getModifierState("CapsLock"));
  return (
    <div>
      <PasswordInput
        {...input}
        visibilityToggleButtonProps={{ "aria-label": t("session.show") }}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={look}
        onKeyUp={look}
        onBlur={() => setCapsLock(false)}
      />
      <p className={css.hint} role="status">
        {capsLock && (
          <>
            <Icon name="warn" size={12} />
            {t("session.capsLock")}
          </>
        )}
      </p>
    </div>
  );
}
