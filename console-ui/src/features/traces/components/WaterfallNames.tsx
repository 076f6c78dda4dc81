import type { CSSProperties } from "react";
import { Icon } from "@/components/ui/Icon";
import { shortMethod } from "@/lib/format/id";
import { t } from "@/lib/i18n";
import { hueOf } from "@/lib/theme/hues";
import type { Row } from "../model/rows";
import css from "./Waterfall.module.css";

interface NameProps {
  row: Row;
  collapsed: boolean;
  selected: boolean;
  onSelect: () => void;
  onToggle: () => void;
}

/** The left cell of a row: who, what, and what went wrong, in words. */
export function WaterfallName({ row, collapsed, selected, onSelect, onToggle }: NameProps) {
  const style = { "--depth": row.depth, "--hue": hueOf(row.service) } as CSSProperties;
  return (
    <div className={css.name} style={style} data-selected={selected} data-state={row.state}>
      {row.children.length > 0 ? (
        <button
          type="button"
          className={css.toggle}
          data-collapsed={collapsed}
          aria-expanded={!collapsed}
          aria-label={t(collapsed ? "trace.expand" : "trace.collapse", { what: shortMethod(row.method) })}
          onClick={onToggle}
        >
          <Icon name="chevron" size={12} />
        </button>
      ) : (
        <span className={css.leaf} />
      )}
      <button type="button" className={css.label} aria-pressed={selected} onClick={onSelect}>
        {row.kind !== "attempt" && <span className={css.service}>{row.service}</span>}
        <span className={css.method}>{nameOf(row)}</span>
        <Flags row={row} collapsed={collapsed} />
      </button>
    </div>
  );
}

function nameOf(row: Row): string {
  if (row.kind === "attempt")
    return t("trace.attempt", { n: row.attempt ?? 1, peer: row.peer ?? t("trace.nowhere") });
  return shortMethod(row.method);
}

function Flags({ row, collapsed }: { row: Row; collapsed: boolean }) {
  return (
    <>
      {row.attempts !== null && row.attempts > 1 && (
        <span className={css.flag}>{t("trace.attempts", { n: row.attempts })}</span>
      )}
      {row.state === "error" && (
        <span className={css.flag} data-tone="bad">
          {row.status}
        </span>
      )}
      {row.state === "refused" && (
        <span className={css.flag} data-tone="forced">
          {t("trace.refusedFlag")}
        </span>
      )}
      {row.state === "cancelled" && <span className={css.flag}>{t("trace.cancelledFlag")}</span>}
      {collapsed && row.errorsBelow > 0 && (
        <span className={css.flag} data-tone="bad">
          {t("trace.errorsBelow", { n: row.errorsBelow })}
        </span>
      )}
      {row.orphan && <span className={css.flag}>{t("trace.orphan")}</span>}
    </>
  );
}
