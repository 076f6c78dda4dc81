import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { Tag } from "@/components/ui/Tag";
import type { Severity, TraceLogs } from "@/lib/api/types";
import { millis, plain } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { filterLines, loudness, type PlacedLine, SEVERITIES } from "../model/logs";
import css from "./LogsPanel.module.css";

const TONES = { quiet: "neutral", warn: "warn", bad: "bad" } as const;

interface LogsPanelProps {
  logs: TraceLogs;
  lines: PlacedLine[];
  least: Severity | undefined;
  text: string;
  selectedId: string | null;
  onFilter: (filter: { log?: Severity | undefined; find?: string | undefined }) => void;
  onSelect: (rowId: string) => void;
}

/** What the services logged while the calls went on, beside the calls. */
export function LogsPanel({ logs, lines, least, text, selectedId, onFilter, onSelect }: LogsPanelProps) {
  const shown = filterLines(lines, least, text);
  return (
    <details className={css.panel} open={logs.total > 0}>
      <summary>
        {t("logs.title", { n: logs.total })}
        {logs.total > lines.length && (
          <span className={css.hint}>{t("logs.first", { n: lines.length })}</span>
        )}
        {logs.partial && <span className={css.hint}>{t("logs.damaged")}</span>}
      </summary>
      {logs.total === 0 ? (
        <p className={css.none}>{t("logs.none")}</p>
      ) : (
        <>
          <div className={css.filter}>
            <NativeSelect
              size="xs"
              aria-label={t("logs.least")}
              value={least ?? ""}
              onChange={(event) => onFilter({ log: severityOf(event.currentTarget.value) })}
              data={[
                { value: "", label: t("logs.all") },
                ...SEVERITIES.slice(1).map((it) => ({ value: it, label: t("logs.from", { severity: it }) })),
              ]}
            />
            <TextInput
              size="xs"
              aria-label={t("logs.find")}
              placeholder={t("logs.find")}
              value={text}
              onChange={(event) => onFilter({ find: event.currentTarget.value || undefined })}
            />
            <span className={css.count} role="status">
              {t("logs.shown", { n: shown.length, of: lines.length })}
            </span>
          </div>
          <ol className={css.lines} aria-label={t("logs.lines")}>
            {shown.map((placed) => (
              <Line
                key={placed.key}
                placed={placed}
                selected={placed.rowId !== null && placed.rowId === selectedId}
                onSelect={onSelect}
              />
            ))}
          </ol>
        </>
      )}
    </details>
  );
}

const severityOf = (word: string) => SEVERITIES.find((known) => known === word);

interface LineProps {
  placed: PlacedLine;
  selected: boolean;
  onSelect: (rowId: string) => void;
}

function Line({ placed, selected, onSelect }: LineProps) {
  const { line, offsetMicros, rowId } = placed;
  const [open, setOpen] = useState(false);
  const attributes = Object.entries(line.attributes);
  return (
    <li className={css.line} data-selected={selected}>
      <button
        type="button"
        className={css.row}
        aria-expanded={attributes.length > 0 ? open : undefined}
        onClick={() => {
          setOpen(!open);
          if (rowId) onSelect(rowId);
        }}
      >
        <span className={css.time}>{plain(millis(offsetMicros / 1_000))}</span>
        <Tag tone={TONES[loudness(line)]}>{line.severity || line.severityText || "–"}</Tag>
        <span className={css.service} title={line.instance}>
          {line.service}
        </span>
        <span className={css.body}>{line.body}</span>
        <span className={css.logger}>{line.logger}</span>
      </button>
      {open && attributes.length > 0 && (
        <dl className={css.attributes}>
          {attributes.map(([key, value]) => (
            <div key={key}>
              <dt>{key}</dt>
              <dd>{String(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}
