import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/Icon";
import { Logo } from "@/components/ui/Logo";
import { alertsQuery } from "@/lib/api/alerts";
import { breakersQuery } from "@/lib/api/queries";
import { isLoud } from "@/lib/breakers";
import { t } from "@/lib/i18n";
import { HOUSE, PAGES } from "./pages";
import css from "./Rail.module.css";

interface RailProps {
  folded: boolean;
  onFold: (folded: boolean) => void;
}

export function Rail({ folded, onFold }: RailProps) {
  const { data: breakers = [] } = useQuery(breakersQuery);
  const loud = breakers.filter(isLoud).length;
  const { data: alerts } = useQuery(alertsQuery);
  const firing = alerts ? alerts.firing - alerts.silenced : 0;
  return (
    <nav className={css.rail} aria-label={t("shell.navigation")} data-folded={folded}>
      <Link to="/" className={css.brand} aria-label="Clearspan">
        <Logo word={!folded} />
      </Link>
      <ul className={css.pages}>
        {PAGES.map((page) => (
          <PageLink key={page} page={page} folded={folded}>
            {page === "breakers" && loud > 0 && (
              <span className={css.badge} title={t("shell.loudBreakers", { n: loud })}>
                {loud}
              </span>
            )}
            {page === "alerts" && firing > 0 && (
              <span className={css.badge} title={t("alerts.firingCount", { n: firing })}>
                {firing}
              </span>
            )}
          </PageLink>
        ))}
      </ul>
      <ul className={css.pages} data-house>
        {HOUSE.map((page) => (
          <PageLink key={page} page={page} folded={folded} />
        ))}
      </ul>
      <button
        type="button"
        className={css.fold}
        aria-label={folded ? t("shell.unfold") : t("shell.fold")}
        onClick={() => onFold(!folded)}
      >
        <Icon name={folded ? "expand" : "collapse"} />
      </button>
    </nav>
  );
}

interface PageLinkProps {
  page: (typeof PAGES)[number] | (typeof HOUSE)[number];
  folded: boolean;
  children?: ReactNode;
}

function PageLink({ page, folded, children }: PageLinkProps) {
  return (
    <li>
      <Link
        to={page === "home" ? "/" : `/${page}`}
        activeOptions={{ exact: page === "home" }}
        className={css.page}
        title={folded ? t(`nav.${page}`) : undefined}
      >
        <Icon name={page} />
        <span className={folded ? "visually-hidden" : undefined}>{t(`nav.${page}`)}</span>
        {children}
      </Link>
    </li>
  );
}
