import type { Health } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import css from "./HealthMark.module.css";

const SHAPES: Record<Health, string> = {
  ok: "M6 2.500a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7z",
  warn: "M6 1.500l5 9H1z",
  bad: "M6 .8L11.200 6 6 11.200.8 6z",
  unknown: "M6 2.500a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7z",
};

/** Health by shape and colour: disc, triangle, diamond, ring. */
export function HealthMark({ health, size = 12 }: { health: Health; size?: number }) {
  return (
    <svg className={css.mark} data-health={health} width={size} height={size} viewBox="0 0 12 12" role="img">
      <title>{t(`health.${health}`)}</title>
      <path d={SHAPES[health]} />
    </svg>
  );
}
