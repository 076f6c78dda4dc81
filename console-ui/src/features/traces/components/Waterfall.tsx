import {
  type CSSProperties,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { millis, plain } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { type Hues, huesOf, hueToken } from "@/lib/theme/hues";
import { token } from "@/lib/theme/scheme";
import { criticalPath } from "../model/criticalPath";
import type { LogMark } from "../model/logs";
import { hasFailed, type Interval, type Row, visibleRows } from "../model/rows";
import { Minimap } from "./Minimap";
import { NamesHandle } from "./NamesHandle";
import { paintRows, ROW_HEIGHT } from "./paint";
import { paletteOfTheme } from "./palette";
import { type CanvasSize, REPAINT, useCanvas } from "./useCanvas";
import { useNamesWidth } from "./useNamesWidth";
import css from "./Waterfall.module.css";
import { WaterfallName } from "./WaterfallNames";

interface WaterfallProps {
  roots: Row[];
  durationMicros: number;
  selectedId: string | null;
  /** Where something was logged, by row. */
  marks: ReadonlyMap<string, LogMark[]>;
  onSelect: (id: string | null) => void;
}

/** Rows come and go by as many at once, so that most frames of a scroll only draw. */
const STEP = 8;
const FIRST_ROWS = 32;
const TICKS = [0, 1, 2, 3, 4];

/** Rows of calls over time: names are elements that can be read and focused, bars are on a canvas. */
export function Waterfall({ roots, durationMicros, selectedId, marks, onSelect }: WaterfallProps) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [range, setRange] = useState<Interval>({ startMicros: 0, endMicros: durationMicros });
  const rows = useMemo(() => visibleRows(roots, collapsed), [roots, collapsed]);
  const hues = useMemo(() => huesOf(servicesOf(roots)), [roots]);
  const critical = useMemo(() => criticalPath(roots), [roots]);
  const width = useNamesWidth(rows, collapsed);
  const toggle = (id: string) => setCollapsed((before) => toggled(before, id));
  const onZoomKey = (event: KeyboardEvent) => {
    const zoomed = zoomByKey(event.key, range, durationMicros);
    if (zoomed) setRange(zoomed);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: + - 0 zoom from whatever is focused inside
    <div
      className={css.waterfall}
      style={{ "--wanted": `${width.px}px` } as CSSProperties}
      onKeyDown={onZoomKey}
    >
      <NamesHandle width={width} />
      <div className={css.head}>
        <span className={css.corner}>{t("trace.rows", { n: rows.length })}</span>
        <div className={css.timeHead}>
          <Minimap rows={rows} durationMicros={durationMicros} hues={hues} range={range} onRange={setRange} />
          <div className={css.ticks} aria-hidden="true">
            {TICKS.map((tick) => (
              <span key={tick} style={{ left: `${tick * 20}%` }}>
                {tickLabel(range, tick / 5)}
              </span>
            ))}
          </div>
        </div>
      </div>
      <Body
        rows={rows}
        hues={hues}
        range={range}
        critical={critical}
        collapsed={collapsed}
        selectedId={selectedId}
        marks={marks}
        onSelect={onSelect}
        onToggle={toggle}
      />
    </div>
  );
}

/** Of all rows, collapsed ones too: a row that opens changes no colour. */
function servicesOf(roots: Row[]): Set<string> {
  const services = new Set<string>();
  const left = [...roots];
  for (let row = left.pop(); row; row = left.pop()) {
    services.add(row.service);
    left.push(...row.children);
  }
  return services;
}

interface BodyProps {
  rows: Row[];
  hues: Hues;
  range: Interval;
  critical: ReadonlyMap<string, Interval[]>;
  collapsed: ReadonlySet<string>;
  selectedId: string | null;
  marks: ReadonlyMap<string, LogMark[]>;
  onSelect: (id: string | null) => void;
  onToggle: (id: string) => void;
}

/** The scrolled part: as tall as all rows, with only the visible ones in the page. */
function Body({ rows, hues, range, critical, collapsed, selectedId, marks, onSelect, onToggle }: BodyProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<RowWindow>({ first: 0, last: FIRST_ROWS, heightPx: 600 });
  const paint = useCallback(
    (ctx: CanvasRenderingContext2D, size: CanvasSize) =>
      paintRows(
        ctx,
        {
          rows,
          topRow: topOf(scroller) / ROW_HEIGHT,
          ...size,
          range,
          critical,
          selectedId,
          marks,
          font: canvasFont(),
        },
        paletteOfTheme(hues),
      ),
    [rows, hues, range, critical, selectedId, marks],
  );
  const canvas = useCanvas(paint);
  const onScroll = useCallback(() => {
    canvas.current?.dispatchEvent(new Event(REPAINT));
    const { current } = scroller;
    if (current) setShown((before) => sameOr(before, rowWindow(current)));
  }, [canvas]);
  useEffect(() => {
    const resize = new ResizeObserver(onScroll);
    if (scroller.current) resize.observe(scroller.current);
    return () => resize.disconnect();
  }, [onScroll]);
  const first = Math.min(shown.first, Math.max(0, rows.length - 1));
  const reveal = (row: Row | undefined) => {
    if (!row) return;
    onSelect(row.id);
    scrollTo(scroller.current, rows.indexOf(row));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys move the selection made by the row buttons inside
    <div
      ref={scroller}
      className={css.scroller}
      data-rows={rows.length}
      onScroll={onScroll}
      onKeyDown={(e) => onKey(e, rows, selectedId, reveal, onToggle)}
    >
      <div className={css.tall} style={{ height: rows.length * ROW_HEIGHT }}>
        <div className={css.names} style={{ transform: `translateY(${first * ROW_HEIGHT}px)` }}>
          {rows.slice(first, shown.last).map((row) => (
            <WaterfallName
              key={row.id}
              hue={hueToken(hues, row.service)}
              row={row}
              collapsed={collapsed.has(row.id)}
              selected={row.id === selectedId}
              onSelect={onSelect}
              onToggle={onToggle}
            />
          ))}
        </div>
        <canvas
          ref={canvas}
          className={css.bars}
          style={{ height: Math.min(shown.heightPx, rows.length * ROW_HEIGHT) }}
          onClick={(event) => onSelect(rowAt(event, rows, topOf(scroller))?.id ?? null)}
        />
      </div>
    </div>
  );
}

/** The rows that are in the page, and how high the part that shows them is. */
interface RowWindow {
  first: number;
  last: number;
  heightPx: number;
}

function rowWindow({ scrollTop, clientHeight }: HTMLDivElement): RowWindow {
  const first = Math.floor(scrollTop / ROW_HEIGHT / STEP) * STEP;
  const last = Math.ceil((scrollTop + clientHeight) / ROW_HEIGHT / STEP) * STEP;
  return { first: Math.max(0, first - STEP), last: last + STEP, heightPx: clientHeight };
}

const sameOr = (before: RowWindow, next: RowWindow): RowWindow =>
  before.first === next.first && before.last === next.last && before.heightPx === next.heightPx
    ? before
    : next;

const topOf = (scroller: RefObject<HTMLDivElement | null>): number => scroller.current?.scrollTop ?? 0;

function onKey(
  event: KeyboardEvent,
  rows: Row[],
  selectedId: string | null,
  reveal: (row: Row | undefined) => void,
  onToggle: (id: string) => void,
): void {
  const at = rows.findIndex((row) => row.id === selectedId);
  const row = rows[at];
  if (event.key === "ArrowDown" || event.key === "j") reveal(rows[Math.min(at + 1, rows.length - 1)]);
  else if (event.key === "ArrowUp" || event.key === "k") reveal(rows[Math.max(at - 1, 0)]);
  else if (event.key === "n") reveal(nextFailed(rows, at));
  else if (event.key === "p") reveal(lastFailed(rows, at));
  else if (event.key === "o" && row && row.children.length > 0) onToggle(row.id);
  else return;
  event.preventDefault();
}

/** Round and round: after the last comes the first. */
const nextFailed = (rows: Row[], at: number) => rows.slice(at + 1).find(hasFailed) ?? rows.find(hasFailed);

const lastFailed = (rows: Row[], at: number) =>
  rows.slice(0, Math.max(at, 0)).findLast(hasFailed) ?? rows.findLast(hasFailed);

/** + and - halve and double what is shown, around its middle; 0 shows all. */
function zoomByKey(key: string, range: Interval, durationMicros: number): Interval | null {
  const all = { startMicros: 0, endMicros: durationMicros };
  if (key === "0") return all;
  if (key !== "+" && key !== "-") return null;
  const middle = (range.startMicros + range.endMicros) / 2;
  const half = ((range.endMicros - range.startMicros) / 2) * (key === "+" ? 0.5 : 2);
  if (half * 2 >= durationMicros) return all;
  const start = Math.min(Math.max(middle - half, 0), durationMicros - 2 * half);
  return { startMicros: start, endMicros: start + 2 * half };
}

function rowAt(event: { nativeEvent: MouseEvent }, rows: Row[], scrollTop: number): Row | undefined {
  return rows[Math.floor((scrollTop + event.nativeEvent.offsetY) / ROW_HEIGHT)];
}

function scrollTo(scroller: HTMLDivElement | null, index: number): void {
  if (!scroller || index < 0) return;
  const top = index * ROW_HEIGHT;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top + ROW_HEIGHT > scroller.scrollTop + scroller.clientHeight) {
    scroller.scrollTop = top + ROW_HEIGHT - scroller.clientHeight;
  }
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

const tickLabel = (range: Interval, share: number): string =>
  plain(millis((range.startMicros + share * (range.endMicros - range.startMicros)) / 1_000));

const canvasFont = (): string => `11px ${token("--font-sans")}`;
