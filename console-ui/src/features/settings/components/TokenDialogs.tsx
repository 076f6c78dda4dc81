import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { CodeBlock } from "@/components/ui/CodeBlock";
import { CommandLine } from "@/components/ui/CommandLine";
import { Dialog, DialogFrame, Effect } from "@/components/ui/Dialog";
import { Icon } from "@/components/ui/Icon";
import { createToken, endToken, type Rights } from "@/lib/api/accounts";
import type { Token, TokenCreated } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { createTokenCommand } from "../model/commands";
import { RightsFields } from "./RightsFields";
import css from "./Settings.module.css";
import { useAccountChange } from "./useAccountChange";

const DAY = 86_400;
const DAYS = [1, 7, 30, 90, 365] as const;

/** Makes a token, then shows its secret this once. */
export function TokenDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [rights, setRights] = useState<Rights>({ role: "viewer", services: [] });
  const [ttlSeconds, setTtlSeconds] = useState<number | null>(90 * DAY);
  const [made, setMade] = useState<TokenCreated | null>(null);
  const change = useAccountChange(() => createToken({ ...rights, name: name.trim(), ttlSeconds }), setMade);
  if (made) return <Secret token={made} onClose={onClose} />;
  return (
    <Dialog
      title={t("settings.makeToken")}
      verb={t("settings.makeToken")}
      ready={name.trim() !== ""}
      command={createTokenCommand(name.trim(), rights, ttlSeconds)}
      pending={change.isPending}
      error={change.error}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      <TextInput
        label={t("session.name")}
        description={t("settings.tokenNameHint")}
        autoComplete="off"
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <RightsFields value={rights} onChange={setRights} />
      <NativeSelect
        label={t("settings.endsAfter")}
        value={ttlSeconds ?? 0}
        onChange={(event) => setTtlSeconds(Number(event.currentTarget.value) || null)}
        data={[
          ...DAYS.map((days) => ({ value: String(days * DAY), label: t("time.days", { n: days }) })),
          { value: "0", label: t("settings.never") },
        ]}
      />
    </Dialog>
  );
}

function Secret({ token, onClose }: { token: TokenCreated; onClose: () => void }) {
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(token.secret).then(() => setCopied(true));
  return (
    <DialogFrame title={t("settings.secretOf", { name: token.name })} keepsOpen onClose={onClose}>
      <div className={css.secret}>
        <p className={css.warning} role="alert">
          {t("settings.shownOnce")}
        </p>
        <CodeBlock label={t("settings.secret")}>{token.secret}</CodeBlock>
        <CommandLine
          label={t("settings.tryIt")}
          command={`curl -H "Authorization: Bearer ${token.secret}" \\\n  "$CLEARSPAN_CONSOLE/api/v1/topology"`}
        />
        <div className={css.buttons}>
          <Button
            variant="default"
            leftSection={<Icon name={copied ? "check" : "copy"} size={13} />}
            onClick={copy}
          >
            {copied ? t("copy.done") : t("settings.copySecret")}
          </Button>
          <Button onClick={onClose}>{t("settings.secretKept")}</Button>
        </div>
      </div>
    </DialogFrame>
  );
}

export function EndTokenDialog({ token, onClose }: { token: Token; onClose: () => void }) {
  const change = useAccountChange(() => endToken(token), onClose);
  return (
    <Dialog
      title={t("settings.endOf", { name: token.name })}
      verb={t("settings.end")}
      color="red"
      ready
      command={`clearspan ctl token revoke ${token.id}`}
      pending={change.isPending}
      error={change.error}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      <Effect color="red">{t("settings.endEffect", { name: token.name })}</Effect>
    </Dialog>
  );
}
