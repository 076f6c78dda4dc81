import { type CSSProperties, memo } from "react";
import { Icon } from "@/components/ui/Icon";
import { shortMethod } from "@/lib/format/id";
import { t } from "@/lib/i18n";
import type { Row } from "../model/rows";
import { rowWords } from "../model/rowWords";
import css from "./Waterfall.module.css";

interface NameProps {
  row: Row;
  /** The name of its service's colour. */
  hue: string;
  collapsed: boolean;
  selected: boolean;
  onSelect: (id: string | null) => void;
  onToggle: (id: string) => void;
}

/** The left cell of a row: who, what, and what went wrong, in words. While rows scroll by, only new ones are made. */
export const WaterfallName = memo(({ row, hue, collapsed, selected, onSelect, onToggle }: NameProps) => {
  const style = { "--depth": row.depth, "--hue": `var(${hue})` } as CSSProperties;
  const { service, name, flags } = rowWords(row, collapsed);
  return (
    <div className={css.name} style={style} data-selected={selected} data-state={row.state}>
      {row.children.length > 0 ? (
        <button
          type="button"
          className={css.toggle}
          data-collapsed={collapsed}
          aria-expanded={!collapsed}
          aria-label={t(collapsed ? "trace.expand" : "trace.collapse", { what: shortMethod(row.method) })}
          onClick={() => onToggle(row.id)}
        >
          <Icon name="chevron" size={12} />
        </button>
      ) : (
        <span className={css.leaf} />
      )}
      <button
        type="button"
        className={css.label}
        aria-pressed={selected}
        title={[service, name, ...flags.map((flag) => flag.text)].filter(Boolean).join(" · ")}
        onClick={() => onSelect(selected ? null : row.id)}
      >
        {service && <span className={css.service}>{service}</span>}
        <span className={css.method}>{name}</span>
        {flags.map(({ text, tone }) => (
          <span key={text} className={css.flag} data-tone={tone}>
            {text}
          </span>
        ))}
      </button>
    </div>
  );
});
