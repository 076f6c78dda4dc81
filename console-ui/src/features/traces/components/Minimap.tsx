import { type PointerEvent, useCallback, useState } from "react";
import { t } from "@/lib/i18n";
import type { Hues } from "@/lib/theme/hues";
import type { Interval, Row } from "../model/rows";
import { paintMinimap } from "./paint";
import { paletteOfTheme } from "./palette";
import { type CanvasSize, useCanvas } from "./useCanvas";
import css from "./Waterfall.module.css";

interface MinimapProps {
  rows: Row[];
  durationMicros: number;
  hues: Hues;
  range: Interval;
  onRange: (range: Interval) => void;
}

/** The whole trace at a glance; dragging over it zooms, a double click shows all again. */
export function Minimap({ rows, durationMicros, hues, range, onRange }: MinimapProps) {
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const paint = useCallback(
    (ctx: CanvasRenderingContext2D, size: CanvasSize) =>
      paintMinimap(ctx, rows, durationMicros, size, paletteOfTheme(hues)),
    [rows, durationMicros, hues],
  );
  const canvas = useCanvas(paint);
  const shareAt = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
  };
  const begin = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = shareAt(event);
    setDrag({ from: at, to: at });
  };
  const finish = () => {
    if (drag && Math.abs(drag.to - drag.from) > 0.005) {
      onRange({
        startMicros: Math.min(drag.from, drag.to) * durationMicros,
        endMicros: Math.max(drag.from, drag.to) * durationMicros,
      });
    }
    setDrag(null);
  };
  const from = drag ? Math.min(drag.from, drag.to) : range.startMicros / durationMicros;
  const to = drag ? Math.max(drag.from, drag.to) : range.endMicros / durationMicros;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys + - 0 of the waterfall do the same
    <div
      className={css.minimap}
      title={t("trace.minimapHint")}
      onPointerDown={begin}
      onPointerMove={(event) => drag && setDrag({ from: drag.from, to: shareAt(event) })}
      onPointerUp={finish}
      onDoubleClick={() => onRange({ startMicros: 0, endMicros: durationMicros })}
    >
      <canvas ref={canvas} className={css.canvas} />
      <span className={css.shade} style={{ left: 0, width: `${from * 100}%` }} />
      <span className={css.shade} style={{ left: `${to * 100}%`, right: 0 }} />
    </div>
  );
}
