import { type ErrorComponentProps, Link, useLocation, useRouter } from "@tanstack/react-router";
import { ErrorNote } from "@/components/ui/States";
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
    <div className={`${css.failed} ${css.missing}`}>
      <BrokenSpan />
      <h1>{t("error.noPage")}</h1>
      <p className={css.address}>{pathname}</p>
      <p>{t("error.noPageHint")}</p>
      <p className={css.ways}>
        <Link to="/">{t("nav.home")}</Link>
        <Link to="/topology">{t("nav.topology")}</Link>
        <Link to="/services">{t("nav.services")}</Link>
        <Link to="/traces">{t("nav.traces")}</Link>
      </p>
    </div>
  );
}

/** The sign of the house with a span that is missing. */
function BrokenSpan() {
  return (
    <svg className={css.mark} viewBox="0 0 180 60" aria-hidden="true">
      <path d="M2 44h70M108 44h70M2 44c10-44 60-44 70 0M108 44c10-44 60-44 70 0" />
      <path d="M72 40v16M108 40v16" />
      <circle cx="40" cy="44" r="2.5" />
      <circle cx="66" cy="44" r="2.5" />
    </svg>
  );
}
