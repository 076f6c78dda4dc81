import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { CopyId } from "@/components/ui/CopyId";
import { Num } from "@/components/ui/Num";
import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { Loaded } from "@/components/ui/States";
import { Tag } from "@/components/ui/Tag";
import { traceQuery } from "@/lib/api/queries";
import type { Trace } from "@/lib/api/types";
import { shortMethod } from "@/lib/format/id";
import { millis } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { hueOf } from "@/lib/theme/hues";
import css from "./TracePage.module.css";

export function TracePage() {
  const { traceId = "" } = useParams({ strict: false });
  const query = useQuery(traceQuery(traceId));
  return (
    <Page title={t("trace.title")} summary={<CopyId id={traceId} max={32} />}>
      <Panel title={t("trace.spans")} flush>
        <Loaded query={query}>{(trace) => <SpansTable trace={trace} />}</Loaded>
      </Panel>
    </Page>
  );
}

function SpansTable({ trace }: { trace: Trace }) {
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col">{t("column.service")}</th>
          <th scope="col">{t("column.method")}</th>
          <th scope="col">{t("column.kind")}</th>
          <th scope="col" className="right">
            {t("column.start")}
          </th>
          <th scope="col" className="right">
            {t("column.duration")}
          </th>
          <th scope="col">{t("column.status")}</th>
          <th scope="col" className="wide">
            {t("column.message")}
          </th>
        </tr>
      </thead>
      <tbody>
        {trace.spans.map((span) => (
          <tr key={span.spanId}>
            <th scope="row" className={css.service} style={{ borderLeftColor: hueOf(span.service) }}>
              {span.instance || span.service}
            </th>
            <td>{shortMethod(span.name)}</td>
            <td className="quiet">{span.kind.toLowerCase()}</td>
            <td className="right">
              <Num q={millis(span.startOffsetMicros / 1000)} />
            </td>
            <td className="right">
              <Num q={millis(span.durationMicros / 1000)} />
            </td>
            <td>
              {span.statusCode === "ERROR" ? <Tag tone="bad">ERROR</Tag> : <span className="quiet">OK</span>}
            </td>
            <td className="wide quiet">{span.statusMessage}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
