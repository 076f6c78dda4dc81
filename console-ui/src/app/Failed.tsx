import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { Empty, ErrorNote } from "@/components/ui/States";
import { t } from "@/lib/i18n";
import css from "./Failed.module.css";

export function Failed({ error, reset }: ErrorComponentProps) {
  return (
    <div className={css.failed}>
      <ErrorNote error={error instanceof Error ? error : new Error(String(error))} onRetry={reset} />
    </div>
  );
}

export function NotFound() {
  return (
    <main className={css.failed}>
      <Empty title={t("error.noPage")}>
        <Link to="/topology">{t("error.toTopology")}</Link>
      </Empty>
    </main>
  );
}
