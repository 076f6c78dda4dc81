import { type ErrorComponentProps, Link, useLocation, useRouter } from "@tanstack/react-router";
import { Empty, ErrorNote } from "@/components/ui/States";
import { t } from "@/lib/i18n";
import css from "./Failed.module.css";

/** A page or its session could not be loaded; trying again loads the whole route anew. */
export function Failed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <div className={css.failed}>
      <ErrorNote error={error instanceof Error ? error : new Error(String(error))} onRetry={retry} />
    </div>
  );
}

export function NotFound() {
  const { pathname } = useLocation();
  return (
    <div className={css.failed}>
      <Empty title={t("error.noPage")}>
        <p className={css.address}>{pathname}</p>
        <p>{t("error.noPageHint")}</p>
        <p className={css.ways}>
          <Link to="/">{t("nav.home")}</Link>
          <Link to="/topology">{t("error.toTopology")}</Link>
          <Link to="/services">{t("nav.services")}</Link>
          <Link to="/traces">{t("nav.traces")}</Link>
        </p>
      </Empty>
    </div>
  );
}
