import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Ago } from "@/components/ui/Ago";
import { CopyId } from "@/components/ui/CopyId";
import { Panel } from "@/components/ui/Panel";
import { Empty, Loaded } from "@/components/ui/States";
import { Tag } from "@/components/ui/Tag";
import { tokensQuery } from "@/lib/api/queries";
import type { Token } from "@/lib/api/types";
import { exact, until } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { useNow } from "@/lib/useNow";
import { scopeWords } from "../model/rights";
import { AccountChanges } from "./AccountChanges";
import css from "./Settings.module.css";
import { EndTokenDialog, TokenDialog } from "./TokenDialogs";

/** Keys with which programs use the API. */
export function TokensTab() {
  const query = useQuery(tokensQuery);
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<Token | null>(null);
  return (
    <>
      <Panel
        title={t("settings.tokens")}
        hint={t("settings.tokensHint")}
        flush
        actions={<Button onClick={() => setMaking(true)}>{t("settings.makeToken")}</Button>}
      >
        <Loaded query={query} rows={3}>
          {(tokens) =>
            tokens.length === 0 ? (
              <Empty title={t("settings.noTokens")}>{t("settings.noTokensHint")}</Empty>
            ) : (
              <TokensTable tokens={tokens} onEnd={setEnding} />
            )
          }
        </Loaded>
      </Panel>
      <AccountChanges />
      {making && <TokenDialog onClose={() => setMaking(false)} />}
      {ending && <EndTokenDialog token={ending} onClose={() => setEnding(null)} />}
    </>
  );
}

function TokensTable({ tokens, onEnd }: { tokens: Token[]; onEnd: (token: Token) => void }) {
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col">{t("session.name")}</th>
          <th scope="col">{t("settings.id")}</th>
          <th scope="col">{t("settings.role")}</th>
          <th scope="col" className="wide">
            {t("settings.steers")}
          </th>
          <th scope="col">{t("settings.lastUsed")}</th>
          <th scope="col">{t("settings.ends")}</th>
          <th scope="col">
            <span className="visually-hidden">{t("column.actions")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <tr key={token.id}>
            <th scope="row">{token.name}</th>
            <td>
              <CopyId id={token.id} />
            </td>
            <td>{t(`role.${token.role}`)}</td>
            <td className="wide">{scopeWords(token)}</td>
            <td className="quiet">{token.lastUsed ? <Ago at={token.lastUsed} /> : t("settings.never")}</td>
            <td className="quiet">
              <End at={token.expiresAt} />
            </td>
            <td>
              <div className={css.actions}>
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={t("settings.endOf", { name: token.name })}
                  onClick={() => onEnd(token)}
                >
                  {t("settings.end")}
                </Button>
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function End({ at }: { at: string | null }) {
  const now = useNow();
  if (!at) return t("settings.never");
  if (Date.parse(at) <= now) return <Tag tone="stale">{t("settings.ended")}</Tag>;
  return (
    <time dateTime={at} title={exact(at)}>
      {t("settings.endsIn", { span: until(at, now) })}
    </time>
  );
}
