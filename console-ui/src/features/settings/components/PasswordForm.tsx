import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Icon } from "@/components/ui/Icon";
import { PasswordField } from "@/components/ui/PasswordField";
import { ErrorNote } from "@/components/ui/States";
import { changePassword } from "@/lib/api/accounts";
import { ApiError, setCsrfToken } from "@/lib/api/client";
import { sessionQuery } from "@/lib/api/queries";
import { t } from "@/lib/i18n";
import css from "./Settings.module.css";

const MIN_PASSWORD = 12;
const EMPTY = { currentPassword: "", newPassword: "" };

/** Changes one's own password; other browsers are signed out by it. */
export function PasswordForm({ name }: { name: string }) {
  const client = useQueryClient();
  const [passwords, setPasswords] = useState(EMPTY);
  const change = useMutation({
    mutationFn: changePassword,
    onSuccess: (session) => {
      setCsrfToken(session.csrfToken);
      client.setQueryData(sessionQuery.queryKey, session);
      setPasswords(EMPTY);
    },
  });
  const { currentPassword, newPassword } = passwords;
  const wrong = change.error instanceof ApiError && change.error.problem.field === "currentPassword";
  const short = newPassword.length > 0 && newPassword.length < MIN_PASSWORD;
  const set = (part: Partial<typeof EMPTY>) => {
    change.reset();
    setPasswords({ ...passwords, ...part });
  };
  return (
    <form
      className={`${css.form} ${css.narrow}`}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(passwords);
      }}
    >
      <input type="text" autoComplete="username" value={name} readOnly hidden />
      <PasswordField
        label={t("settings.currentPassword")}
        autoComplete="current-password"
        value={currentPassword}
        error={wrong && t("settings.wrongPassword")}
        onChange={(currentPassword) => set({ currentPassword })}
      />
      <PasswordField
        label={t("settings.newPassword")}
        description={t("settings.passwordRule", { min: MIN_PASSWORD })}
        autoComplete="new-password"
        value={newPassword}
        error={short && t("setup.tooShort", { n: newPassword.length, min: MIN_PASSWORD })}
        onChange={(newPassword) => set({ newPassword })}
      />
      {change.error && !wrong && <ErrorNote error={change.error} />}
      {change.isSuccess && (
        <p className={css.done} role="status">
          <Icon name="check" size={14} />
          {t("settings.passwordChanged")}
        </p>
      )}
      <div>
        <Button
          type="submit"
          loading={change.isPending}
          disabled={!currentPassword || newPassword.length < MIN_PASSWORD}
        >
          {t("settings.changePassword")}
        </Button>
      </div>
    </form>
  );
}
