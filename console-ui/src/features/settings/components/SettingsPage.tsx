import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Page } from "@/components/ui/Page";
import { Tabs } from "@/components/ui/Tabs";
import { sessionQuery } from "@/lib/api/queries";
import { t } from "@/lib/i18n";
import { SETTINGS_TABS, type SettingsTab, settingsTab } from "../search";
import { AccountTab } from "./AccountTab";
import { TokensTab } from "./TokensTab";
import { UsersTab } from "./UsersTab";

/** One's own account; for admins also everybody's, and the programs' tokens. */
export function SettingsPage() {
  const params = useParams({ strict: false });
  const { data: session } = useQuery(sessionQuery);
  const isAdmin = session?.user.role === "admin";
  const shown = isAdmin ? settingsTab(params.tab) : "account";
  return (
    <Page
      title={t("nav.settings")}
      summary={t("settings.summary")}
      tabs={isAdmin && <SettingsTabs current={shown} />}
    >
      {shown === "account" && session && <AccountTab session={session} />}
      {shown === "users" && <UsersTab />}
      {shown === "tokens" && <TokensTab />}
    </Page>
  );
}

function SettingsTabs({ current }: { current: SettingsTab }) {
  return (
    <Tabs label={t("settings.tabs")}>
      {SETTINGS_TABS.map((tab) => (
        <Link
          key={tab}
          to="/settings/$tab"
          params={{ tab }}
          aria-current={tab === current ? "page" : undefined}
        >
          {t(`settings.${tab}`)}
        </Link>
      ))}
    </Tabs>
  );
}
