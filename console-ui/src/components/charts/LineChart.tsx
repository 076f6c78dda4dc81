import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { subscribeScheme, token } from "@/lib/theme/scheme";

export interface LineChartProps {
  label: string;
  at: number[];
  lines: { values: (number | null)[]; color: string; width?: number; fill?: string }[];
  /** Fills between two lines, by index. */
  band?: { upper: number; lower: number; color: string };
  height: number;
  showTime: boolean;
  syncKey: string;
  formatY: (value: number) => string;
  minMax: number;
  onHover: (index: number | null) => void;
}

const AXIS_WIDTH = 46;

const DAY_SECONDS = 86_400;

/** uPlot, wrapped in one place: everything the console draws over time goes through here. */
export function LineChart(props: LineChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const chart = useRef<uPlot | null>(null);

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const build = () => {
      chart.current?.destroy();
      chart.current = new uPlot(options(latest, element.clientWidth), dataOf(latest.current), element);
    };
    build();
    const resize = new ResizeObserver(() =>
      chart.current?.setSize({ width: element.clientWidth, height: latest.current.height }),
    );
    resize.observe(element);
    const unsubscribe = subscribeScheme(build);
    return () => {
      resize.disconnect();
      unsubscribe();
      chart.current?.destroy();
      chart.current = null;
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new data is drawn into the standing chart
  useEffect(() => chart.current?.setData(dataOf(latest.current)), [props.at, props.lines]);

  return <div ref={host} role="img" aria-label={props.label} style={{ height: props.height }} />;
}

const dataOf = (props: LineChartProps) =>
  [props.at, ...props.lines.map((l) => l.values)] as uPlot.AlignedData;

function options(latest: { current: LineChartProps }, width: number): uPlot.Options {
  const { height, lines, band, showTime, syncKey, formatY, minMax } = latest.current;
  const muted = token("--text-3");
  const grid = { stroke: token("--line"), width: 1 };
  const font = `11px ${token("--font-sans")}`;
  return {
    width,
    height,
    // On the right there is room for half of the last time.
    padding: [6, showTime ? 16 : 4, showTime ? 0 : 4, 0],
    legend: { show: false },
    cursor: {
      sync: { key: syncKey, setSeries: false },
      y: false,
      points: { show: false },
      drag: { x: false, y: false },
    },
    scales: { y: { range: (_, __, max) => [0, Math.max(minMax, (max ?? 0) * 1.12)] } },
    axes: [
      {
        show: showTime,
        stroke: muted,
        font,
        size: 20,
        gap: 3,
        ticks: { show: false },
        grid,
        values: (_, splits) => splits.map((at) => timeOf(at, splits)),
      },
      {
        stroke: muted,
        font,
        size: AXIS_WIDTH,
        gap: 6,
        ticks: { show: false },
        grid,
        space: 26,
        values: (_, splits) => splits.map(formatY),
      },
    ],
    series: [
      {},
      ...lines.map((line) => ({
        stroke: token(line.color),
        width: line.width ?? 1.25,
        ...(line.fill ? { fill: token(line.fill) } : {}),
        points: { show: false },
      })),
    ],
    ...(band ? { bands: [{ series: [band.upper + 1, band.lower + 1], fill: token(band.color) }] } : {}),
    hooks: { setCursor: [(u) => latest.current.onHover(u.cursor.idx ?? null)] },
  };
}

/** The minute, and where the axis is longer than a day, the day. */
function timeOf(seconds: number, splits: number[]): string {
  const date = new Date(seconds * 1000);
  const minute = `${date.getHours()}:${String(date.getMinutes()).padStart(2, "0")}`;
  const isLong = (splits.at(-1) ?? 0) - (splits[0] ?? 0) > DAY_SECONDS;
  return isLong ? `${date.getMonth() + 1}-${date.getDate()} ${minute}` : minute;
}
