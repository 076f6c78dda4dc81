import { CopyId } from "@/components/ui/CopyId";
import { SidePanel, SideSection } from "@/components/ui/SidePanel";
import type { Span } from "@/lib/api/types";
import { shortMethod } from "@/lib/format/id";
import { millis, plain } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import type { Row } from "../model/rows";
import css from "./RowPanel.module.css";

interface RowPanelProps {
  row: Row;
  onClose: () => void;
}

/** Everything known about one row: where its time went, then both spans as they were recorded. */
export function RowPanel({ row, onClose }: RowPanelProps) {
  const title = `${row.service} ${shortMethod(row.method)}`;
  return (
    <SidePanel label={t("trace.details")} title={title} subtitle={subtitleOf(row)} onClose={onClose}>
      {row.message && (
        <SideSection title={t("trace.message")}>
          <p className={css.message}>{row.message}</p>
        </SideSection>
      )}
      <SideSection title={t("trace.time")}>
        <dl className={css.facts}>
          {timeFacts(row).map(([name, value]) => (
            <Fact key={name} name={name} value={value} />
          ))}
        </dl>
      </SideSection>
      <SpanSection title={t("trace.spanOfKind", { kind: row.span.kind })} span={row.span} />
      {row.server && (
        <SpanSection title={t("trace.spanOfKind", { kind: row.server.kind })} span={row.server} />
      )}
    </SidePanel>
  );
}

function subtitleOf(row: Row): string {
  const parts = [row.caller ? t("trace.calledBy", { caller: row.caller }) : null, row.status, row.peer];
  return parts.filter(Boolean).join(" · ");
}

const took = (micros: number): string => plain(millis(micros / 1_000));

/** Total, network, queue and handler, as far as both ends are known. */
function timeFacts(row: Row): [string, string][] {
  const total = row.endMicros - row.startMicros;
  const facts: [string, string][] = [[t("trace.total"), took(total)]];
  if (!row.served) return facts;
  const server = row.served.endMicros - row.served.startMicros;
  facts.push([t("trace.network"), took(Math.max(total - server, 0))]);
  facts.push([t("trace.queue"), took(row.served.queueMicros)]);
  facts.push([t("trace.handler"), took(server - row.served.queueMicros)]);
  if (row.served.clockAdjusted) facts.push([t("trace.clock"), t("trace.clockAdjusted")]);
  return facts;
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

function SpanSection({ title, span }: { title: string; span: Span }) {
  const attributes = Object.entries(span.attributes).sort(([a], [b]) => a.localeCompare(b));
  return (
    <SideSection title={title} aside={<CopyId id={span.spanId} max={16} />}>
      <dl className={css.facts}>
        <Fact name="service.name" value={span.service} />
        <Fact name="service.instance.id" value={span.instance} />
        {attributes.map(([key, value]) => (
          <Fact key={key} name={key} value={String(value)} />
        ))}
      </dl>
      {span.events.map((event) => (
        <p key={`${event.name}-${event.offsetMicros}`} className={css.event}>
          <span>{took(event.offsetMicros)}</span> {event.name} {JSON.stringify(event.attributes)}
        </p>
      ))}
    </SideSection>
  );
}
