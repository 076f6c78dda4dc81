import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ErrorNote } from "@/components/ui/States";
import { previewPolicy } from "@/lib/api/changes";
import type { BreakerReplay, PolicyPreview as Preview, PreviewSplit, RuleSetting } from "@/lib/api/types";
import { count, millis, plain, share } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import css from "./PolicyPreview.module.css";

/** What the draft would have made of the last minutes' calls; asked for, as it costs the server work. */
export function PolicyPreview({
  service,
  draft,
}: {
  service: string;
  draft: Record<string, unknown> | null;
}) {
  const run = useMutation({
    mutationFn: async (wanted: Record<string, unknown>) => ({
      of: wanted,
      preview: await previewPolicy(service, wanted),
    }),
  });
  const stale = run.data && JSON.stringify(run.data.of) !== JSON.stringify(draft);
  return (
    <section className={css.preview} aria-label={t("preview.title")}>
      <header className={css.head}>
        <span className={css.title}>{t("preview.title")}</span>
        <span className={css.quiet}>{stale ? t("preview.stale") : t("preview.hint")}</span>
        <Button
          variant="default"
          loading={run.isPending}
          disabled={!draft}
          onClick={() => draft && run.mutate(draft)}
        >
          {t("preview.run")}
        </Button>
      </header>
      {run.error && <ErrorNote error={run.error} />}
      {run.data && <Answer preview={run.data.preview} />}
    </section>
  );
}

function Answer({ preview }: { preview: Preview }) {
  if (preview.rules.length === 0) return <p className={css.quiet}>{t("preview.nothing")}</p>;
  return (
    <div className={css.parts}>
      <p className={css.summary}>
        {preview.calls === 0
          ? t("preview.noTraffic")
          : t("preview.seen", { calls: plain(count(preview.calls)) })}
      </p>
      <Part title={t("preview.rules")} rows={preview.rules}>
        {(rule) => (
          <li key={`${rule.field} ${rule.methods.join()}`}>
            <code>{rule.field}</code> {setting(rule.before)} → <b>{setting(rule.after)}</b>
            <span className={css.quiet}>
              {" "}
              {rule.methods.filter(Boolean).join(", ")} {rule.why}
            </span>
          </li>
        )}
      </Part>
      {preview.splits.map((split) => (
        <Split key={split.methods.join() + split.callers.join()} split={split} />
      ))}
      <Part title={t("preview.breakers")} rows={preview.breakers}>
        {(row) => (
          <li key={row.caller + row.method + row.instance}>
            {row.caller} → {row.instance} <code>{row.method}</code>: {replay(row.before)} →{" "}
            <b data-verdict={row.after.verdict}>{replay(row.after)}</b>{" "}
            <span className={css.quiet}>{row.after.cause}</span>
          </li>
        )}
      </Part>
      <Part title={t("preview.deadlines")} rows={preview.deadlines}>
        {(row) => (
          <li key={row.caller + row.method + row.field}>
            {row.caller} <code>{row.method}</code>{" "}
            {t("preview.cut", {
              limit: plain(millis(row.limitMillis)),
              cut: range(row.atLeast, row.atMost),
              calls: plain(count(row.calls)),
            })}
          </li>
        )}
      </Part>
      <Part title={t("preview.retries")} rows={preview.retries}>
        {(row) => (
          <li key={row.caller + row.method}>
            {row.caller} <code>{row.method}</code> {plain(count(row.before))} →{" "}
            <b>{plain(count(row.after))}</b>{" "}
            <span className={css.quiet}>{t("preview.observed", { count: plain(count(row.observed)) })}</span>
          </li>
        )}
      </Part>
      <Part title={t("preview.callers")} rows={preview.callers}>
        {(row) => (
          <li key={row.caller}>
            {t("preview.caller", {
              caller: row.caller,
              processes: String(row.processes),
              calls: plain(count(row.calls)),
            })}
          </li>
        )}
      </Part>
      <Part title={t("preview.examples")} rows={preview.examples}>
        {(row) => (
          <li key={row.about + row.traceId}>
            <Link to="/traces/$traceId" params={{ traceId: row.traceId }}>
              {row.method}
            </Link>{" "}
            {plain(millis(row.durationMillis))} {row.status}
          </li>
        )}
      </Part>
      <Part title={t("preview.unpredicted")} rows={preview.unpredicted}>
        {(row) => (
          <li key={row.field + row.why} className={css.quiet}>
            {row.field && <code>{row.field}</code>} {row.why}
          </li>
        )}
      </Part>
    </div>
  );
}

interface PartProps<T> {
  title: string;
  rows: T[];
  children: (row: T) => ReactNode;
}

/** A heading and its list; nothing when there is none. */
function Part<T>({ title, rows, children }: PartProps<T>) {
  if (rows.length === 0) return null;
  return (
    <div>
      <h3 className={css.part}>{title}</h3>
      <ul className={css.list}>{rows.map(children)}</ul>
    </div>
  );
}

/** Two bars per instance on one scale: observed, predicted. */
function Split({ split }: { split: PreviewSplit }) {
  return (
    <div>
      <h3 className={css.part}>
        {t("preview.split")} <span className={css.quiet}>{split.callers.join(", ")}</span>
      </h3>
      <dl className={css.bars}>
        {split.instances.map((row) => (
          <div key={row.instance} className={css.instance}>
            <dt>{row.instance}</dt>
            <dd>
              <Bar value={row.before} kind="before" />
              <Bar value={row.after} kind="after" />
            </dd>
            <dd className={css.value}>
              {plain(share(row.before))} → {row.after === null ? "?" : plain(share(row.after))}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Bar({ value, kind }: { value: number | null; kind: string }) {
  return (
    <span className={css.track}>
      <span className={css.bar} data-kind={kind} style={{ width: `${Math.min(1, value ?? 0) * 100}%` }} />
    </span>
  );
}

function setting({ value, layer }: RuleSetting): string {
  const shown =
    value === null ? t("preview.unset") : typeof value === "string" ? value : JSON.stringify(value);
  return `${shown} (${t(`preview.layer.${layer}`)})`;
}

function replay({ verdict, openings, openSeconds }: BreakerReplay): string {
  return t(`preview.verdict.${verdict}`, {
    openings: String(openings),
    time: plain(millis(openSeconds * 1000)),
  });
}

const range = (least: number, most: number) =>
  least === most ? plain(count(most)) : `${plain(count(least))}–${plain(count(most))}`;
