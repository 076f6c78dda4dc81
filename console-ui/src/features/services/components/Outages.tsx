import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ago } from "@/components/ui/Ago";
import { Num } from "@/components/ui/Num";
import { Empty, Loaded } from "@/components/ui/States";
import { Tag } from "@/components/ui/Tag";
import { outagesQuery } from "@/lib/api/queries";
import type { Outage } from "@/lib/api/types";
import { millis } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";

interface Props {
  service: string;
  /** Only of this one. */
  instance?: string;
}

/** When instances were out of use, why, and for how long. */
export function Outages({ service, instance }: Props) {
  const query = useQuery(outagesQuery(service));
  return (
    <Loaded query={query}>
      {(all) => {
        const rows = instance ? all.filter((it) => it.instance === instance) : all;
        return rows.length > 0 ? (
          <Rows rows={rows} named={!instance} />
        ) : (
          <Empty title={t("outages.none")}>{t("outages.noneHint")}</Empty>
        );
      }}
    </Loaded>
  );
}

function Rows({ rows, named }: { rows: Outage[]; named: boolean }) {
  return (
    <table className="grid">
      <thead>
        <tr>
          {named && <th scope="col">{t("column.instance")}</th>}
          <th scope="col">{t("outages.why")}</th>
          <th scope="col" className="wide">
            {t("outages.cause")}
          </th>
          <th scope="col">{t("outages.since")}</th>
          <th scope="col" className="right">
            {t("outages.lasted")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.instance} ${row.kind} ${row.since}`}>
            {named && (
              <td>
                <Link to="/instances/$instance" params={{ instance: row.instance }}>
                  {row.instance}
                </Link>
              </td>
            )}
            <td>{t(`outages.${row.kind}`, { n: row.reporters })}</td>
            <td className="wide">{row.cause}</td>
            <td>
              <Ago at={row.since} />
            </td>
            <td className="right">
              <Lasted row={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Lasted({ row }: { row: Outage }) {
  if (row.until === null) return <Tag tone="bad">{t("outages.still")}</Tag>;
  return <Num q={millis(Math.max(0, Date.parse(row.until) - Date.parse(row.since)))} />;
}
