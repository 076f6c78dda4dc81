import css from "./Sparkline.module.css";

interface SparklineProps {
  values: number[];
  /** Drawn red on top, on the same scale. */
  errors?: number[];
  label: string;
  width?: number;
  height?: number;
}

export function Sparkline({ values, errors, label, width = 120, height = 22 }: SparklineProps) {
  const max = Math.max(0.001, ...values);
  return (
    <svg
      className={css.spark}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <path className={css.line} d={path(values, max, width, height)} />
      {errors?.some((e) => e > max * 0.01) && (
        <path
          className={css.errors}
          d={`${path(errors, max, width, height)}L${width},${height}L0,${height}Z`}
        />
      )}
    </svg>
  );
}

function path(values: number[], max: number, width: number, height: number): string {
  const across = width / Math.max(1, values.length - 1);
  const points = values.map(
    (v, i) => `${(i * across).toFixed(1)},${(height - 1 - (v / max) * (height - 3)).toFixed(1)}`,
  );
  return points.length ? `M${points.join("L")}` : "";
}
