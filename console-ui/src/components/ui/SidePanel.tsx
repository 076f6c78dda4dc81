import { type ReactNode, useEffect } from "react";
import { t } from "@/lib/i18n";
import { Icon } from "./Icon";
import css from "./SidePanel.module.css";

interface SidePanelProps {
  label: string;
  title: ReactNode;
  subtitle?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** Details beside the page, not over it; Escape closes. */
export function SidePanel({ label, title, subtitle, onClose, children }: SidePanelProps) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !document.querySelector("[role=dialog]")) onClose();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onClose]);
  return (
    <aside className={css.panel} aria-label={label}>
      <header className={css.head}>
        <div className={css.words}>
          <h2 className={css.title}>{title}</h2>
          {subtitle && <p className={css.subtitle}>{subtitle}</p>}
        </div>
        <button type="button" className={css.close} aria-label={t("action.close")} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div className={css.body}>{children}</div>
    </aside>
  );
}

export function SideSection({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={css.section}>
      <header className={css.sectionHead}>
        <h3>{title}</h3>
        {aside}
      </header>
      {children}
    </section>
  );
}
