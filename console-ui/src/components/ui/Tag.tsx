import type { ReactNode } from "react";
import css from "./Tag.module.css";

export type Tone = "neutral" | "ok" | "warn" | "bad" | "forced" | "stale";

export function Tag({
  tone = "neutral",
  children,
  title,
}: {
  tone?: Tone;
  children: ReactNode;
  title?: string;
}) {
  return (
    <span className={css.tag} data-tone={tone} title={title}>
      {children}
    </span>
  );
}
