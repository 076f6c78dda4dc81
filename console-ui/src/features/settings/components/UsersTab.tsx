import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Ago } from "@/components/ui/Ago";
import { Panel } from "@/components/ui/Panel";
import { Empty, Loaded } from "@/components/ui/States";
import { Tag } from "@/components/ui/Tag";
import { sessionQuery, usersQuery } from "@/lib/api/queries";
import type { User } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { scopeWords } from "../model/rights";
import { AccountChanges } from "./AccountChanges";
import css from "./Settings.module.css";
import { RemoveUserDialog, UserDialog } from "./UserDialogs";

type Acting = { act: "add" } | { act: "change" | "remove"; user: User };

/** Everybody who signs in. */
export function UsersTab() {
  const query = useQuery(usersQuery);
  const [acting, setActing] = useState<Acting | null>(null);
  const close = () => setActing(null);
  return (
    <>
      <Panel
        title={t("settings.users")}
        hint={t("settings.usersHint")}
        flush
        actions={<Button onClick={() => setActing({ act: "add" })}>{t("settings.addUser")}</Button>}
      >
        <Loaded query={query} rows={3}>
          {(users) =>
            users.length === 0 ? (
              <Empty title={t("settings.noUsers")}>{t("settings.noUsersHint")}</Empty>
            ) : (
              <UsersTable users={users} onAct={setActing} />
            )
          }
        </Loaded>
      </Panel>
      <AccountChanges />
      {acting?.act === "add" && <UserDialog onClose={close} />}
      {acting?.act === "change" && <UserDialog user={acting.user} onClose={close} />}
      {acting?.act === "remove" && <RemoveUserDialog user={acting.user} onClose={close} />}
    </>
  );
}

function UsersTable({ users, onAct }: { users: User[]; onAct: (acting: Acting) => void }) {
  const { data: session } = useQuery(sessionQuery);
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col">{t("session.name")}</th>
          <th scope="col">{t("settings.role")}</th>
          <th scope="col" className="wide">
            {t("settings.steers")}
          </th>
          <th scope="col">{t("settings.lastSignIn")}</th>
          <th scope="col">{t("settings.created")}</th>
          <th scope="col">
            <span className="visually-hidden">{t("column.actions")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <tr key={user.name}>
            <th scope="row">
              <span className="named">
                {user.name}
                {user.name === session?.user.name && <Tag>{t("settings.you")}</Tag>}
                {user.issuer && <Tag title={user.issuer}>{t("settings.external")}</Tag>}
              </span>
            </th>
            <td>{t(`role.${user.role}`)}</td>
            <td className="wide">{scopeWords(user)}</td>
            <td className="quiet">{user.lastSignIn ? <Ago at={user.lastSignIn} /> : t("settings.never")}</td>
            <td className="quiet">
              <Ago at={user.createdAt} />
            </td>
            <td>
              <div className={css.actions}>
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={user.issuer !== null}
                  aria-label={t("settings.changeOf", { name: user.name })}
                  onClick={() => onAct({ act: "change", user })}
                >
                  {t("settings.change")}
                </Button>
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={t("settings.removeOf", { name: user.name })}
                  onClick={() => onAct({ act: "remove", user })}
                >
                  {t("settings.remove")}
                </Button>
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
