import { useQuery } from "@tanstack/react-query";
import { Ago } from "@/components/ui/Ago";
import { CommandLine } from "@/components/ui/CommandLine";
import { Panel } from "@/components/ui/Panel";
import { Loaded } from "@/components/ui/States";
import { Tag, type Tone } from "@/components/ui/Tag";
import { contractQuery } from "@/lib/api/queries";
import type { ContractDifference, ContractReport, LiveVersion } from "@/lib/api/types";
import { t } from "@/lib/i18n";

const TONES: Record<ContractDifference["level"], Tone> = { wire: "bad", json: "warn", source: "neutral" };

/** Whether the contracts that are live fit together, and how to ask that of the next version. */
export function ContractPanel({ service }: { service: string }) {
  const query = useQuery(contractQuery(service));
  return (
    <Loaded query={query} rows={1}>
      {(report) => (
        <>
          <Panel
            title={t("contract.title")}
            hint={t("contract.hint")}
            actions={<Verdict report={report} />}
            flush
          >
            <Versions versions={report.versions} />
          </Panel>
          {report.steps.some(({ differences }) => differences.length > 0) && (
            <Panel title={t(report.breaking ? "contract.breaks" : "contract.fits")} flush>
              <Differences rows={report.steps.flatMap(({ differences }) => differences)} />
            </Panel>
          )}
          <CommandLine
            label={t("contract.command")}
            command={`clearspan contract check --service ${service} target/classes`}
          />
        </>
      )}
    </Loaded>
  );
}

function Verdict({ report }: { report: ContractReport }) {
  return (
    <Tag
      tone={report.breaking ? "bad" : "ok"}
      title={report.breaking ? undefined : t("contract.fitsHint", { n: report.versions.length })}
    >
      {t(report.breaking ? "contract.breaks" : "contract.fits")}
    </Tag>
  );
}

function Versions({ versions }: { versions: LiveVersion[] }) {
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col">{t("contract.version")}</th>
          <th scope="col">{t("contract.says")}</th>
          <th scope="col" className="wide">
            {t("column.instances")}
          </th>
          <th scope="col">{t("contract.since")}</th>
        </tr>
      </thead>
      <tbody>
        {versions.map((version) => (
          <tr key={version.hash}>
            <th scope="row" className="mono">
              {version.hash.slice(0, 12) || t("contract.unknown")}
            </th>
            <td>{version.versions.join(", ") || "–"}</td>
            <td className="wide">
              {version.instances.join(", ")} {version.problem && <Tag tone="warn">{version.problem}</Tag>}
            </td>
            <td>{version.since ? <Ago at={version.since} /> : "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Differences({ rows }: { rows: ContractDifference[] }) {
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col">{t("contract.element")}</th>
          <th scope="col">{t("contract.change")}</th>
          <th scope="col" className="wide">
            {t("contract.whom")}
          </th>
          <th scope="col">{t("service.methods")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.rule} ${row.element}`}>
            <th scope="row" className="mono">
              <Tag tone={TONES[row.level]} title={row.rule}>
                {t(`contract.level.${row.level}`)}
              </Tag>{" "}
              {row.element}
            </th>
            <td>{row.detail}</td>
            <td className="wide" title={row.breaks}>
              {row.breaks}
            </td>
            <td className="mono">{row.methods.join(", ")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
