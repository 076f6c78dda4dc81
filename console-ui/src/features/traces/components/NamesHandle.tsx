import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { t } from "@/lib/i18n";
import type { NamesWidth } from "./useNamesWidth";
import css from "./Waterfall.module.css";

const STEP = 16;

/** The line between names and bars: drawn by pointer or arrow keys, a double click undoes it. */
export function NamesHandle({ width }: { width: NamesWidth }) {
  const from = useRef<{ x: number; px: number } | null>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") width.resize(width.px - STEP);
    else if (event.key === "ArrowRight") width.resize(width.px + STEP);
    else if (event.key === "Home") width.reset();
    else return;
    event.preventDefault();
  };
  const begin = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, px: event.currentTarget.offsetLeft };
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a splitter is a focusable separator, which hr is not
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t("trace.namesWidth")}
      aria-valuenow={width.px}
      tabIndex={0}
      className={css.handle}
      onKeyDown={onKeyDown}
      onPointerDown={begin}
      onPointerMove={(event) => {
        if (from.current) width.resize(from.current.px + event.clientX - from.current.x);
      }}
      onPointerUp={() => {
        from.current = null;
      }}
      onPointerCancel={() => {
        from.current = null;
      }}
      onDoubleClick={width.reset}
    />
  );
}
