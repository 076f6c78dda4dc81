import { type ReactNode, useId } from "react";
import css from "./Panel.module.css";

interface PanelProps {
  title: string;
  hint?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  flush?: boolean;
}

export function Panel({ title, hint, actions, children, flush = false }: PanelProps) {
  const heading = useId();
  return (
    <section className={css.panel} aria-labelledby={heading}>
      <header className={css.head}>
        <h2 id={heading} className={css.title}>
          {title}
        </h2>
        {hint && <span className={css.hint}>{hint}</span>}
        {actions && <div className={css.actions}>{actions}</div>}
      </header>
      <div className={css.body} data-flush={flush}>
        {children}
      </div>
    </section>
  );
}
