import { type RefObject, useEffect, useRef } from "react";
import { subscribeScheme } from "@/lib/theme/scheme";

export interface CanvasSize {
  widthPx: number;
  heightPx: number;
}

/** Sent to the canvas when what it shows has changed but `paint` has not. */
export const REPAINT = "repaint";

type Paint = (ctx: CanvasRenderingContext2D, size: CanvasSize) => void;

/** A canvas as large as its box and as sharp as the screen, painted again when its box, the theme or `paint` changes. */
export function useCanvas(paint: Paint): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(paint);
  latest.current = paint;
  const frame = useRef(0);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const draw = () => {
      frame.current = 0;
      const size = sharpen(element);
      const ctx = element.getContext("2d");
      if (ctx) latest.current(ctx, size);
    };
    const request = () => {
      if (frame.current === 0) frame.current = requestAnimationFrame(draw);
    };
    request();
    const resize = new ResizeObserver(request);
    resize.observe(element);
    const unsubscribe = subscribeScheme(request);
    element.addEventListener(REPAINT, request);
    return () => {
      cancelAnimationFrame(frame.current);
      frame.current = 0;
      resize.disconnect();
      unsubscribe();
      element.removeEventListener(REPAINT, request);
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new paint function is a new picture
  useEffect(() => void canvas.current?.dispatchEvent(new Event(REPAINT)), [paint]);

  return canvas;
}

function sharpen(element: HTMLCanvasElement): CanvasSize {
  const ratio = window.devicePixelRatio || 1;
  const size = { widthPx: element.clientWidth, heightPx: element.clientHeight };
  const width = Math.round(size.widthPx * ratio);
  const height = Math.round(size.heightPx * ratio);
  if (element.width !== width || element.height !== height) {
    element.width = width;
    element.height = height;
  }
  element.getContext("2d")?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return size;
}
