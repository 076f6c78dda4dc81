import { NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Fragment } from "react";
import { Ago } from "@/components/ui/Ago";
import { JsonDiff } from "@/components/ui/JsonDiff";
import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { Empty, Loaded } from "@/components/ui/States";
import { auditQuery, servicesQuery } from "@/lib/api/queries";
import type { AuditRow } from "@/lib/api/types";
import { describeChange } from "@/lib/audit/describe";
import { t } from "@/lib/i18n";
import type { AuditSearch } from "../search";
import css from "./AuditPage.module.css";
import { ChainNote } from "./ChainNote";

const route = getRouteApi("/shell/audit");
const ACTIONS = [
  "instance.control",
  "policy.put",
  "breaker.force",
  "breaker.clear",
  "audit.prune",
  "alert.rule",
  "alert.silence",
  "external",
];

export function AuditPage() {
  const { open, service, author, action } = route.useSearch();
  const navigate = route.useNavigate();
  const filter = {
    ...(service ? { service } : {}),
    ...(author ? { author } : {}),
    ...(action ? { action } : {}),
    limit: 100,
  };
  const query = useQuery(auditQuery(filter));
  const set = (change: AuditSearch) => void navigate({ search: (s) => ({ ...s, ...change }), replace: true });
  return (
    <Page title={t("nav.audit")} summary={t("audit.summary")} actions={<Filters onChange={set} />}>
      <ChainNote />
      <Panel title={t("audit.changes")} actions={<Export />} flush>
        <Loaded query={query}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty title={t("audit.none")}>{t("audit.noneHint")}</Empty>
            ) : (
              <AuditTable rows={rows} open={open} onOpen={(id) => set({ open: id })} />
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}

/** All rows with their hashes, for somebody else to check. */
function Export() {
  return (
    <a className={css.export} href="/api/v1/audit/export?format=csv" download>
      {t("chain.export")}
    </a>
  );
}

function Filters({ onChange }: { onChange: (change: AuditSearch) => void }) {
  const { service, author, action } = route.useSearch();
  const { data: services = [] } = useQuery(servicesQuery);
  return (
    <search className={css.filters}>
      <NativeSelect
        aria-label={t("column.service")}
        value={service ?? ""}
        onChange={(event) => onChange({ service: event.currentTarget.value || undefined })}
        data={[{ value: "", label: t("audit.anyService") }, ...services.map((s) => s.service)]}
      />
      <NativeSelect
        aria-label={t("column.action")}
        value={action ?? ""}
        onChange={(event) => onChange({ action: event.currentTarget.value || undefined })}
        data={[{ value: "", label: t("audit.anyAction") }, ...ACTIONS]}
      />
      <TextInput
        aria-label={t("column.author")}
        placeholder={t("audit.anyAuthor")}
        defaultValue={author ?? ""}
        onBlur={(event) => onChange({ author: event.currentTarget.value.trim() || undefined })}
        onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
      />
    </search>
  );
}

interface AuditTableProps {
  rows: AuditRow[];
  open: string | undefined;
  onOpen: (id: string | undefined) => void;
}

function AuditTable({ rows, open, onOpen }: AuditTableProps) {
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col">{t("column.when")}</th>
          <th scope="col">{t("column.author")}</th>
          <th scope="col">{t("column.service")}</th>
          <th scope="col">{t("column.change")}</th>
          <th scope="col" className="wide">
            {t("column.reason")}
          </th>
          <th scope="col" className="right">
            {t("column.revision")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Fragment key={row.id}>
            <tr>
              <td className="quiet">
                <Ago at={row.at} />
              </td>
              <td>{row.author}</td>
              <td>{row.service}</td>
              <td>
                <button
                  type="button"
                  className={css.open}
                  aria-expanded={open === row.id}
                  onClick={() => onOpen(open === row.id ? undefined : row.id)}
                >
                  {describeChange(row)}
                </button>
              </td>
              <td className="wide" title={row.reason}>
                {row.reason}
              </td>
              <td className="right mono">r{row.revision}</td>
            </tr>
            {open === row.id && (
              <tr className={css.detail}>
                <td colSpan={6}>
                  <p className={css.key}>
                    {row.action} · <code>{row.key}</code>
                  </p>
                  <JsonDiff before={row.before} after={row.after} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}
