import { Button } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ApiError } from "@/lib/api/client";
import { t } from "@/lib/i18n";
import { CopyId } from "./CopyId";
import { Icon } from "./Icon";
import css from "./States.module.css";

/** Nothing is here: why, and what to do next. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={css.empty}>
      <p className={css.title}>{title}</p>
      {children && <div className={css.text}>{children}</div>}
    </div>
  );
}

export function ErrorNote({ error, onRetry }: { error: Error; onRetry?: (() => void) | undefined }) {
  const title = error instanceof ApiError ? error.problem.title : t("error.unexpected");
  const reference = error instanceof ApiError ? error.problem.traceId : undefined;
  return (
    <div className={css.error} role="alert">
      <Icon name="bad" />
      <div>
        <p className={css.title}>{title}</p>
        <p className={css.text}>{error.message}</p>
        {reference && (
          <p className={css.text}>
            {t("error.reference")} <CopyId id={reference} max={32} />
          </p>
        )}
      </div>
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          {t("action.retry")}
        </Button>
      )}
    </div>
  );
}

const SKELETON_ROWS = [72, 91, 64, 83];

export function Loading({ rows = 4 }: { rows?: number }) {
  return (
    <div className={css.loading} role="status" aria-label={t("state.loading")}>
      {SKELETON_ROWS.slice(0, rows).map((width) => (
        <span key={width} className={css.bone} data-width={width} />
      ))}
    </div>
  );
}

interface LoadedProps<T> {
  query: UseQueryResult<T, Error>;
  rows?: number;
  children: (data: T) => ReactNode;
}

/** Loading, failed or there: known data stays on the page while a refresh fails. */
export function Loaded<T>({ query, rows, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading {...(rows === undefined ? {} : { rows })} />;
}
