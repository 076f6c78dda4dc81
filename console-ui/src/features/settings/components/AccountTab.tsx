import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Panel } from "@/components/ui/Panel";
import { ErrorNote } from "@/components/ui/States";
import { Tag } from "@/components/ui/Tag";
import { signOutEverywhere } from "@/lib/api/accounts";
import type { Session } from "@/lib/api/types";
import { span } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { useLeave } from "@/lib/session/leaving";
import { useNow } from "@/lib/useNow";
import { scopeWords } from "../model/rights";
import { PasswordForm } from "./PasswordForm";
import css from "./Settings.module.css";

/** Who one is here, one's password, and the way out of every browser. */
export function AccountTab({ session }: { session: Session }) {
  const { user } = session;
  return (
    <div className={css.account}>
      <div className={css.stack}>
        <Identity session={session} />
        <Sessions />
      </div>
      <Panel title={t("settings.password")}>
        {user.kind === "user" ? (
          <PasswordForm name={user.name} />
        ) : (
          <p>{t(`settings.noPassword.${user.kind}`)}</p>
        )}
      </Panel>
    </div>
  );
}

function Identity({ session: { user, expiresAt } }: { session: Session }) {
  const now = useNow();
  return (
    <Panel title={user.name} hint={t(`settings.kind.${user.kind}`)}>
      <dl className={css.facts}>
        <dt>{t("settings.role")}</dt>
        <dd className={css.role}>
          <Tag>{t(`role.${user.role}`)}</Tag>
          {t(`settings.may.${user.role}`)}
        </dd>
        <dt>{t("settings.steers")}</dt>
        <dd>{scopeWords(user)}</dd>
        <dt>{t("settings.sessionEnds")}</dt>
        <dd>{t("settings.sessionEndsIn", { span: span(Date.parse(expiresAt) - now) })}</dd>
      </dl>
    </Panel>
  );
}

function Sessions() {
  const leave = useMutation({ mutationFn: signOutEverywhere, onSuccess: useLeave() });
  return (
    <Panel title={t("settings.sessions")}>
      <div className={css.form}>
        <p>{t("settings.sessionsText")}</p>
        {leave.error && <ErrorNote error={leave.error} />}
        <div>
          <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
            {t("settings.everywhere")}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
