import type { Health } from "@/lib/api/types";
import css from "./HealthRing.module.css";

const RADIUS = 9;
const LENGTH = 2 * Math.PI * RADIUS;

/** A thin ring: the share of calls that went well; what failed is drawn louder than what worked. */
export function HealthRing({ health, okShare }: { health: Health; okShare: number }) {
  const failed = Math.max(0, 1 - okShare);
  const shown = failed > 0.001 ? Math.max(0.04, failed) : 0;
  return (
    <svg
      className={css.ring}
      data-health={health}
      width={24}
      height={24}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      <circle className={css.ok} cx={12} cy={12} r={RADIUS} />
      {shown > 0 && (
        <circle
          className={css.failed}
          cx={12}
          cy={12}
          r={RADIUS}
          strokeDasharray={`${shown * LENGTH} ${LENGTH}`}
        />
      )}
      {health === "ok" && <circle className={css.core} cx={12} cy={12} r={2.5} />}
      {health === "warn" && <path className={css.glyph} d="M12 8v4.500M12 15.500h.01" />}
      {health === "bad" && <path className={css.glyph} d="M9.500 9.500l5 5M14.500 9.500l-5 5" />}
      {health === "unknown" && <path className={css.glyph} d="M10 8.500l4 3.500-4 3.500" />}
    </svg>
  );
}
