import { useNavigate } from "@tanstack/react-router";
import { type MouseEvent, useCallback } from "react";
import type { TraceSummary } from "@/lib/api/types";
import { millis, plain } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { token } from "@/lib/theme/scheme";
import { type Dot, scatterDots } from "../model/scatter";
import css from "./DurationScatter.module.css";
import { type CanvasSize, useCanvas } from "./useCanvas";

const REACH = 12;

/** Each trace as a dot: when, and how long on a log scale. A click opens it. */
export function DurationScatter({ traces }: { traces: TraceSummary[] }) {
  const navigate = useNavigate();
  const paint = useCallback(
    (ctx: CanvasRenderingContext2D, size: CanvasSize) => {
      const { dots, ticks } = scatterDots(traces, size);
      ctx.clearRect(0, 0, size.widthPx, size.heightPx);
      ctx.font = `11px ${getComputedStyle(document.body).fontFamily}`;
      for (const tick of ticks) paintTick(ctx, size, tick.y, plain(millis(tick.millis)));
      for (const dot of dots) paintDot(ctx, dot);
    },
    [traces],
  );
  const canvas = useCanvas(paint);
  const open = (event: MouseEvent<HTMLCanvasElement>) => {
    const { offsetX, offsetY } = event.nativeEvent;
    const size = { widthPx: event.currentTarget.clientWidth, heightPx: event.currentTarget.clientHeight };
    const near = scatterDots(traces, size)
      .dots.map((dot) => ({ dot, distance: Math.hypot(dot.x - offsetX, dot.y - offsetY) }))
      .sort((a, b) => a.distance - b.distance)[0];
    if (near && near.distance <= REACH) {
      void navigate({ to: "/traces/$traceId", params: { traceId: near.dot.traceId } });
    }
  };
  return (
    <canvas
      ref={canvas}
      className={css.scatter}
      role="img"
      aria-label={t("traces.scatter", { n: traces.length })}
      onClick={open}
    />
  );
}

function paintTick(ctx: CanvasRenderingContext2D, size: CanvasSize, y: number, label: string): void {
  ctx.fillStyle = token("--line");
  ctx.fillRect(52, Math.round(y), size.widthPx - 52, 1);
  ctx.fillStyle = token("--text-3");
  ctx.textBaseline = "middle";
  ctx.fillText(label, 8, y);
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
