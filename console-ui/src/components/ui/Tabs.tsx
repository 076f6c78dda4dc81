import type { ReactNode } from "react";
import css from "./Tabs.module.css";

/** The parts of a page as links; one with data-elsewhere leads away from it. */
export function Tabs({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className={css.tabs} aria-label={label}>
      {children}
    </nav>
  );
}
