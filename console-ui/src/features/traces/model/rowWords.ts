import { shortMethod } from "@/lib/format/id";
import { t } from "@/lib/i18n";
import type { Row } from "./rows";

export interface Flag {
  text: string;
  tone: "bad" | "forced" | "plain";
}

/** A row's left cell in words: who, what, and what went wrong. */
export interface RowWords {
  service: string | null;
  name: string;
  flags: Flag[];
}

export function rowWords(row: Row, collapsed: boolean): RowWords {
  if (row.kind === "attempt") {
    const name = t("trace.attempt", { n: row.attempt ?? 1, peer: row.peer ?? t("trace.nowhere") });
    return { service: null, name, flags: flagsOf(row, collapsed) };
  }
  return { service: row.service, name: shortMethod(row.method), flags: flagsOf(row, collapsed) };
}

function flagsOf(row: Row, collapsed: boolean): Flag[] {
  const flags: Flag[] = [];
  const flag = (text: string, tone: Flag["tone"] = "plain") => flags.push({ text, tone });
  if (row.attempts !== null && row.attempts > 1) flag(t("trace.attempts", { n: row.attempts }));
  if (row.state === "error") flag(row.status, "bad");
  if (row.state === "refused") flag(t("trace.refusedFlag"), "forced");
  if (row.state === "cancelled") flag(t("trace.cancelledFlag"));
  if (collapsed && row.errorsBelow > 0) flag(t("trace.errorsBelow", { n: row.errorsBelow }), "bad");
  if (row.orphan) flag(t("trace.orphan"));
  return flags;
}

// As Waterfall.module.css has them.
const INDENT = 14;
const BEFORE = 7 + 20 + 2;
const GAP = 8;
const FLAG_FRAME = 12;
const AFTER = 14;

/** What the widest of the rows needs, in pixels. */
export function naturalWidth(
  rows: Row[],
  collapsed: ReadonlySet<string>,
  textWidth: (text: string) => number,
): number {
  return rows.reduce((widest, row) => {
    const { service, name, flags } = rowWords(row, collapsed.has(row.id));
    const words = (service ? textWidth(service) + GAP : 0) + textWidth(name);
    const marks = flags.reduce((sum, { text }) => sum + GAP + textWidth(text) + FLAG_FRAME, 0);
    return Math.max(widest, Math.ceil(row.depth * INDENT + BEFORE + words + marks + AFTER));
  }, 0);
}
