import type { ReactNode } from "react";
import css from "./CodeBlock.module.css";

/** Preformatted text that scrolls, also by keyboard. */
export function CodeBlock({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling block must be reachable by keyboard
    <section className={css.block} aria-label={label} tabIndex={0}>
      <pre>{children}</pre>
    </section>
  );
}
