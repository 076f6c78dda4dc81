import css from "./Sparkline.module.css";

interface SparklineProps {
  values: number[];
  /** Drawn red on top, on the same scale. */
  errors?: number[];
  label: string;
}

/** Its own measure; the page stretches it to the width there is. */
const WIDTH = 240;
const HEIGHT = 22;

/** How something went, from zero up, as wide as its place. */
export function Sparkline({ values, errors, label }: SparklineProps) {
  const max = Math.max(0.001, ...values);
  const line = path(values, max);
  const failing = errors?.some((e) => e > max * 0.01) && errors;
  return (
    <svg
      className={css.spark}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {line && <path className={css.area} d={closed(line)} />}
      <path className={css.line} d={line} />
      {failing && <path className={css.errors} d={closed(path(failing, max))} />}
    </svg>
  );
}

const closed = (line: string) => `${line}L${WIDTH},${HEIGHT}L0,${HEIGHT}Z`;

function path(values: number[], max: number): string {
  const across = WIDTH / Math.max(1, values.length - 1);
  const points = values.map(
    (v, i) => `${(i * across).toFixed(1)},${(HEIGHT - (v / max) * (HEIGHT - 3)).toFixed(1)}`,
  );
  return points.length ? `M${points.join("L")}` : "";
}
