import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { PasswordField } from "@/components/ui/PasswordField";
import { setUp } from "@/lib/api/changes";
import { setupQuery } from "@/lib/api/queries";
import { t } from "@/lib/i18n";
import { tokenInHash } from "../search";
import { Entrance } from "./Entrance";
import css from "./Entrance.module.css";
import { Refusal, useWait } from "./Refusal";
import { useEnter } from "./useEnter";

const MIN_PASSWORD = 12;

export function SetupPage() {
  const state = useQuery(setupQuery);
  if (state.data && !state.data.required) {
    return (
      <Entrance title={t("setup.done")} text={t("setup.doneText")}>
        <Link to="/sign-in">{t("session.signIn")}</Link>
      </Entrance>
    );
  }
  return (
    <Entrance title={t("setup.title")} text={t("setup.text")}>
      <SetupForm />
    </Entrance>
  );
}

function SetupForm() {
  const [token, setToken] = useState(() => tokenInHash(window.location.hash) ?? "");
  const [username, setUsername] = useState("admin");
  const [password, setPassword] = useState("");
  const enter = useEnter(undefined);
  const attempt = useMutation({ mutationFn: setUp, onSuccess: enter });
  const wait = useWait(attempt.error);
  const short = password.length > 0 && password.length < MIN_PASSWORD;
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        attempt.mutate({ token: token.trim(), username: username.trim(), password });
      }}
    >
      <TextInput
        label={t("setup.token")}
        description={t("setup.tokenHint")}
        size="sm"
        value={token}
        onChange={(event) => setToken(event.currentTarget.value)}
      />
      <TextInput
        label={t("session.name")}
        size="sm"
        autoComplete="username"
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
      />
      <PasswordField
        label={t("session.password")}
        size="sm"
        autoComplete="new-password"
        value={password}
        error={short && t("setup.tooShort", { n: password.length, min: MIN_PASSWORD })}
        onChange={setPassword}
      />
      {attempt.error && <Refusal error={attempt.error} />}
      <Button
        type="submit"
        size="sm"
        loading={attempt.isPending}
        disabled={!token.trim() || !username.trim() || password.length < MIN_PASSWORD || wait > 0}
      >
        {t("setup.create")}
      </Button>
    </form>
  );
}
