import { useQuery } from "@tanstack/react-query";
import { Ago } from "@/components/ui/Ago";
import { Panel } from "@/components/ui/Panel";
import { Empty, Loaded } from "@/components/ui/States";
import { accountChangesQuery } from "@/lib/api/queries";
import { t } from "@/lib/i18n";

/** Who gave whom which rights. */
export function AccountChanges() {
  const query = useQuery(accountChangesQuery);
  return (
    <Panel title={t("settings.changes")} hint={t("settings.changesHint")} flush>
      <Loaded query={query} rows={2}>
        {(changes) =>
          changes.length === 0 ? (
            <Empty title={t("changes.none")} />
          ) : (
            <table className="grid">
              <thead>
                <tr>
                  <th scope="col">{t("column.when")}</th>
                  <th scope="col">{t("column.author")}</th>
                  <th scope="col">{t("column.change")}</th>
                  <th scope="col">{t("settings.subject")}</th>
                  <th scope="col" className="wide">
                    {t("settings.detail")}
                  </th>
                </tr>
              </thead>
              <tbody>
                {changes.map(({ at, author, action, subject, detail }) => (
                  <tr key={`${at}${action}${subject}`}>
                    <td className="quiet">
                      <Ago at={at} />
                    </td>
                    <td>{author}</td>
                    <td className="mono">{action}</td>
                    <td>{subject}</td>
                    <td className="wide quiet" title={detail}>
                      {detail}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </Panel>
  );
}
