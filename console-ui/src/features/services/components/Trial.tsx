import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useChange } from "@/components/control/useChange";
import { CommandLine } from "@/components/ui/CommandLine";
import { ErrorNote } from "@/components/ui/States";
import { endTrial } from "@/lib/api/changes";
import { guardQuery } from "@/lib/api/queries";
import { useMaySteer } from "@/lib/api/rights";
import type { GuardReport, PolicyDocument } from "@/lib/api/types";
import { millis, plain, share } from "@/lib/format/quantity";
import { quoted } from "@/lib/format/shell";
import { until } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { useNow } from "@/lib/useNow";
import { elapsed, towards } from "../model/guard";
import css from "./Trial.module.css";

/** A policy on trial: how its figures stand against the limits, how long yet, and both ways out. */
export function Trial({ document }: { document: PolicyDocument }) {
  const { service, revision, guard } = document;
  const { data } = useQuery({ ...guardQuery(service, revision), enabled: guard !== null });
  const may = useMaySteer()(service);
  if (!guard) return null;
  return (
    <section className={css.trial} aria-label={t("guard.trial")}>
      <Time guard={guard} />
      {data && <Figures report={data} />}
      {may && <Ends service={service} revision={revision} previous={guard.previousRevision} />}
    </section>
  );
}

function Time({ guard }: Pick<GuardReport, "guard">) {
  const now = useNow();
  const back = guard.previousRevision
    ? t("guard.backTo", { revision: guard.previousRevision })
    : t("guard.backToNone");
  return (
    <div className={css.time}>
      <p>
        <b>{t("guard.trial")}</b> {t("guard.stays", { span: until(guard.until, now) })} {back}
      </p>
      <progress className={css.progress} value={elapsed({ guard }, now)} aria-label={t("guard.elapsed")} />
    </div>
  );
}

function Figures({ report }: { report: GuardReport }) {
  const { guard, figures } = report;
  const few = figures.calls < guard.minimumCalls;
  return (
    <dl className={css.figures}>
      {guard.maxErrorShare !== null && (
        <Figure
          name={t("red.errors")}
          now={plain(share(figures.errorShare))}
          limit={plain(share(guard.maxErrorShare))}
          used={towards(figures.errorShare, guard.maxErrorShare)}
        />
      )}
      {guard.maxP99Millis !== null && (
        <Figure
          name="p99"
          now={plain(millis(figures.p99Millis))}
          limit={plain(millis(guard.maxP99Millis))}
          used={towards(figures.p99Millis, guard.maxP99Millis)}
        />
      )}
      <div>
        <dt>{t("guard.judgedBy")}</dt>
        <dd>
          {few
            ? t("guard.few", { n: figures.calls, least: guard.minimumCalls })
            : t("guard.calls", { n: figures.calls, seconds: Math.round(figures.windowSeconds) })}
        </dd>
      </div>
    </dl>
  );
}

interface FigureProps {
  name: string;
  now: string;
  limit: string;
  used: number | null;
}

function Figure({ name, now, limit, used }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{now}</b> <span className={css.limit}>{t("guard.limit", { limit })}</span>
        <span className={css.bar} data-near={used !== null && used > 0.7}>
          <span style={{ inlineSize: `${(used ?? 0) * 100}%` }} />
        </span>
      </dd>
    </div>
  );
}

interface EndsProps {
  service: string;
  revision: number;
  previous: number;
}

function Ends({ service, revision, previous }: EndsProps) {
  const [reason, setReason] = useState("");
  const why = reason.trim();
  const change = useChange({
    change: (end: "keep" | "revert") => endTrial(service, end, revision, why),
  });
  return (
    <div className={css.ends}>
      <div className={css.row}>
        <TextInput
          label={t("control.reason")}
          placeholder={t("control.reasonHint")}
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={!why}
          loading={change.isPending && change.variables === "keep"}
          onClick={() => change.mutate("keep")}
        >
          {t("guard.keep")}
        </Button>
        <Button
          color="red"
          variant="light"
          disabled={!why}
          loading={change.isPending && change.variables === "revert"}
          onClick={() => change.mutate("revert")}
        >
          {previous ? t("guard.revert", { revision: previous }) : t("guard.revertToNone")}
        </Button>
      </div>
      {change.error && <ErrorNote error={change.error} />}
      <details>
        <summary>{t("control.command")}</summary>
        <CommandLine command={`clearspan ctl policy revert ${service} --reason ${quoted(why || "...")}`} />
      </details>
    </div>
  );
}
