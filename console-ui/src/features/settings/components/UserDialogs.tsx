import { TextInput } from "@mantine/core";
import { useState } from "react";
import { Dialog, Effect } from "@/components/ui/Dialog";
import { PasswordField } from "@/components/ui/PasswordField";
import { changeUser, createUser, type Rights, removeUser } from "@/lib/api/accounts";
import type { User } from "@/lib/api/types";
import { quoted } from "@/lib/format/shell";
import { t } from "@/lib/i18n";
import { addUserCommand, changeUserCommand } from "../model/commands";
import { RightsFields } from "./RightsFields";
import { useAccountChange } from "./useAccountChange";

const MIN_PASSWORD = 12;

/** Adds a user, or changes one: role, services, and a new password if one is given. */
export function UserDialog({ user, onClose }: { user?: User; onClose: () => void }) {
  const [name, setName] = useState(user?.name ?? "");
  const [password, setPassword] = useState("");
  const [rights, setRights] = useState<Rights>({
    role: user?.role ?? "viewer",
    services: user?.services ?? [],
  });
  const save = () =>
    user
      ? changeUser(user.name, { ...rights, ...(password ? { password } : {}) })
      : createUser({ ...rights, name: name.trim(), password });
  const change = useAccountChange(save, onClose);
  const longEnough = password.length >= MIN_PASSWORD || (user !== undefined && password === "");
  const short = password.length > 0 && !longEnough;
  return (
    <Dialog
      title={user ? t("settings.changeOf", { name: user.name }) : t("settings.addUser")}
      verb={t(user ? "settings.save" : "settings.addUser")}
      ready={name.trim() !== "" && longEnough}
      command={user ? changeUserCommand(name, rights, password !== "") : addUserCommand(name.trim(), rights)}
      pending={change.isPending}
      error={change.error}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      {!user && (
        <TextInput
          label={t("session.name")}
          autoComplete="off"
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <RightsFields value={rights} onChange={setRights} />
      <PasswordField
        label={t(user ? "settings.newPassword" : "session.password")}
        description={t(user ? "settings.keepPassword" : "settings.passwordRule", { min: MIN_PASSWORD })}
        autoComplete="new-password"
        value={password}
        error={short && t("setup.tooShort", { n: password.length, min: MIN_PASSWORD })}
        onChange={setPassword}
      />
      {user && <p>{t("settings.changeEffect", { name: user.name })}</p>}
    </Dialog>
  );
}

export function RemoveUserDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const change = useAccountChange(() => removeUser(user.name), onClose);
  return (
    <Dialog
      title={t("settings.removeOf", { name: user.name })}
      verb={t("settings.remove")}
      color="red"
      ready
      command={`clearspan ctl user remove ${quoted(user.name)}`}
      pending={change.isPending}
      error={change.error}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      <Effect color="red">{t("settings.removeEffect", { name: user.name })}</Effect>
    </Dialog>
  );
}
