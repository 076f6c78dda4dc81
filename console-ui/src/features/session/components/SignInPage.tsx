import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { ErrorNote } from "@/components/ui/States";
import { signIn } from "@/lib/api/changes";
import { setupQuery } from "@/lib/api/queries";
import { t } from "@/lib/i18n";
import { tokenInHash } from "../search";
import { Entrance } from "./Entrance";
import css from "./Entrance.module.css";
import { useEnter } from "./useEnter";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const { to } = route.useSearch();
  const enter = useEnter(to);
  const [token] = useState(() => tokenInHash(window.location.hash));
  const byLink = useMutation({ mutationFn: signIn, onSuccess: enter });
  const { mutate } = byLink;
  useEffect(() => {
    if (!token) return;
    // The token is used up by this; it must not stay in the history.
    window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
    mutate({ oneTimeToken: token });
  }, [token, mutate]);
  if (token && !byLink.error) {
    return (
      <Entrance title={t("session.byLink")} text={t("session.byLinkText")}>
        {null}
      </Entrance>
    );
  }
  return (
    <Entrance title={t("session.title")} text={t("session.text")}>
      {byLink.error && <ErrorNote error={byLink.error} />}
      <SignInForm onEnter={enter} />
    </Entrance>
  );
}

function SignInForm({ onEnter }: { onEnter: ReturnType<typeof useEnter> }) {
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const setup = useQuery(setupQuery);
  const attempt = useMutation({ mutationFn: signIn, onSuccess: onEnter });
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        attempt.mutate({ username: username.trim(), password });
      }}
    >
      {setup.data?.required && (
        <p>
          {t("session.setupFirst")} <Link to="/setup">{t("session.setupLink")}</Link>
        </p>
      )}
      <TextInput
        label={t("session.name")}
        size="sm"
        autoComplete="username"
        autoFocus
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
      />
      <PasswordInput
        label={t("session.password")}
        size="sm"
        autoComplete="current-password"
        value={password}
        visibilityToggleButtonProps={{ "aria-label": t("session.show") }}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {attempt.error && <ErrorNote error={attempt.error} />}
      <Button type="submit" size="sm" loading={attempt.isPending} disabled={!username.trim() || !password}>
        {t("session.signIn")}
      </Button>
    </form>
  );
}
