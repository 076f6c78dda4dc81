import { useNavigate } from "@tanstack/react-router";
import { useCallback, useRef } from "react";
import type { TraceSummary } from "@/lib/api/types";
import { millis, plain } from "@/lib/format/quantity";
import { clock } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { token } from "@/lib/theme/scheme";
import { type Dot, type Size, type Stretch, scatterOf } from "../model/scatter";
import css from "./DurationScatter.module.css";
import { useBrush } from "./useBrush";
import { type CanvasSize, useCanvas } from "./useCanvas";

const REACH = 12;

interface Props {
  traces: TraceSummary[];
  /** Times and durations were chosen by dragging over them. */
  onStretch: (stretch: Stretch) => void;
}

/** Each trace as a dot: when, and how long on a log scale. A click opens it, dragging narrows. */
export function DurationScatter({ traces, onStretch }: Props) {
  const navigate = useNavigate();
  const picture = useRef<HTMLDivElement>(null);
  const paint = useCallback(
    (ctx: CanvasRenderingContext2D, size: CanvasSize) => {
      const { dots, ticks, moments } = scatterOf(traces, size);
      ctx.clearRect(0, 0, size.widthPx, size.heightPx);
      ctx.font = `11px ${getComputedStyle(document.body).fontFamily}`;
      for (const tick of ticks) paintTick(ctx, size, tick.y, plain(millis(tick.millis)));
      for (const { at, x } of moments) paintMoment(ctx, size, x, clock(new Date(at)));
      for (const dot of dots) paintDot(ctx, dot);
    },
    [traces],
  );
  const canvas = useCanvas(paint);
  const size = (): Size => ({
    widthPx: picture.current?.clientWidth ?? 0,
    heightPx: picture.current?.clientHeight ?? 0,
  });
  const open = ({ x, y }: { x: number; y: number }) => {
    const near = scatterOf(traces, size())
      .dots.map((dot) => ({ dot, distance: Math.hypot(dot.x - x, dot.y - y) }))
      .sort((a, b) => a.distance - b.distance)[0];
    if (near && near.distance <= REACH) {
      void navigate({ to: "/traces/$traceId", params: { traceId: near.dot.traceId } });
    }
  };
  const { box, handlers } = useBrush((drawn) => onStretch(scatterOf(traces, size()).under(drawn)), open);
  return (
    <div ref={picture} className={css.picture} {...handlers}>
      <canvas
        ref={canvas}
        className={css.scatter}
        role="img"
        aria-label={t("traces.scatter", { n: traces.length })}
      />
      {box && <div className={css.brush} style={box} />}
    </div>
  );
}

function paintTick(ctx: CanvasRenderingContext2D, size: CanvasSize, y: number, label: string): void {
  ctx.fillStyle = token("--line");
  ctx.fillRect(52, Math.round(y), size.widthPx - 52, 1);
  ctx.fillStyle = token("--text-3");
  ctx.textBaseline = "middle";
  ctx.fillText(label, 8, y);
}

function paintMoment(ctx: CanvasRenderingContext2D, size: CanvasSize, x: number, label: string): void {
  ctx.fillStyle = token("--text-3");
  ctx.textBaseline = "alphabetic";
  const half = ctx.measureText(label).width / 2;
  ctx.fillText(label, Math.min(x, size.widthPx - half - 8) - half, size.heightPx - 8);
}

function paintDot(ctx: CanvasRenderingContext2D, { x, y, failed, radius }: Dot): void {
  ctx.fillStyle = token(failed ? "--bad" : "--accent");
  ctx.globalAlpha = failed ? 0.95 : 0.6;
  ctx.beginPath();
  if (failed) {
    ctx.moveTo(x, y - radius - 1);
    ctx.lineTo(x + radius + 1, y);
    ctx.lineTo(x, y + radius + 1);
    ctx.lineTo(x - radius - 1, y);
    ctx.closePath();
  } else {
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
  }
  ctx.fill();
  ctx.globalAlpha = 1;
}
