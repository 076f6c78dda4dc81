import type { ReactNode } from "react";
import css from "./Page.module.css";

interface PageProps {
  title: ReactNode;
  summary?: ReactNode;
  actions?: ReactNode;
  tabs?: ReactNode;
  children: ReactNode;
}

/** The frame of a page that scrolls: one heading, one sentence, then content. */
export function Page({ title, summary, actions, tabs, children }: PageProps) {
  return (
    <div className={css.page}>
      <header className={css.head}>
        <div className={css.words}>
          <h1 className={css.title}>{title}</h1>
          {summary && <p className={css.summary}>{summary}</p>}
        </div>
        {actions && <div className={css.actions}>{actions}</div>}
      </header>
      {tabs}
      <div className={css.content}>{children}</div>
    </div>
  );
}
