import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { PasswordField } from "@/components/ui/PasswordField";
import { signIn } from "@/lib/api/changes";
import { pathWithQuery } from "@/lib/api/client";
import { setupQuery } from "@/lib/api/queries";
import { t } from "@/lib/i18n";
import { type Left, takeLeft } from "@/lib/session/leaving";
import { type Problem, tokenInHash } from "../search";
import { Entrance } from "./Entrance";
import css from "./Entrance.module.css";
import { Refusal, useWait } from "./Refusal";
import { useEnter } from "./useEnter";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const { to, problem, state } = route.useSearch();
  const enter = useEnter(to);
  const [token] = useState(() => tokenInHash(window.location.hash));
  const left = useLeft(state);
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
      {byLink.error && <Refusal error={byLink.error} />}
      {left && <Goodbye left={left} />}
      {problem && <ProviderProblem problem={problem} />}
      <SignInForm onEnter={enter} />
      <ProviderButton to={to} />
    </Entrance>
  );
}

/** What is known of the sign-out that ended here; kept, since it is told but once. */
function useLeft(state: string | undefined): Left | null {
  const [left, setLeft] = useState<Left | null>(null);
  useEffect(() => {
    const told = takeLeft(state);
    if (told) setLeft(told);
  }, [state]);
  return left;
}

function Goodbye({ left }: { left: Left }) {
  return (
    <p className={css.text} role="status">
      {left.at === "both" ? t("session.leftBoth") : t("session.leftHere", { issuer: left.issuer })}
    </p>
  );
}

function ProviderProblem({ problem }: { problem: Problem }) {
  return (
    <p className={css.problem} role="alert">
      {t(`session.problem.${problem}`)}
    </p>
  );
}

/** The way through a provider, if one is set up: the browser leaves this page. */
function ProviderButton({ to }: { to: string | undefined }) {
  const provider = useQuery(setupQuery).data?.provider;
  if (!provider) return null;
  return (
    <>
      <p className={css.or}>{t("session.or")}</p>
      <Button
        component="a"
        variant="default"
        size="sm"
        href={pathWithQuery("/api/v1/oidc/sign-in", { to })}
        disabled={!provider.available}
      >
        {t("session.with", { provider: provider.label })}
      </Button>
      {!provider.available && (
        <p className={css.text} role="status">
          {t("session.providerAway", { provider: provider.label })}
        </p>
      )}
    </>
  );
}

function SignInForm({ onEnter }: { onEnter: ReturnType<typeof useEnter> }) {
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const setup = useQuery(setupQuery);
  const attempt = useMutation({ mutationFn: signIn, onSuccess: onEnter });
  const wait = useWait(attempt.error);
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
        onChange={(event) => {
          // Who waits is a name: another one need not.
          attempt.reset();
          setUsername(event.currentTarget.value);
        }}
      />
      <PasswordField
        label={t("session.password")}
        size="sm"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      {attempt.error && <Refusal error={attempt.error} />}
      <Button
        type="submit"
        size="sm"
        loading={attempt.isPending}
        disabled={!username.trim() || !password || wait > 0}
      >
        {t("session.signIn")}
      </Button>
    </form>
  );
}
