import { Button } from "@mantine/core";
import type { ForcedChoice, ForceTarget } from "@/components/control/ForceBreakerDialog";
import { Num } from "@/components/ui/Num";
import { Tag } from "@/components/ui/Tag";
import { useMaySteer } from "@/lib/api/rights";
import type { Breaker } from "@/lib/api/types";
import { shortMethod } from "@/lib/format/id";
import { millis, rate, share } from "@/lib/format/quantity";
import { ago, exact, span, until } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { errorTone } from "@/lib/tone";
import { useNow } from "@/lib/useNow";
import { loudness } from "../model/wall";
import { BreakerGlyph } from "./BreakerGlyph";
import css from "./BreakerTile.module.css";

interface BreakerTileProps {
  breaker: Breaker;
  onForce: (target: ForceTarget) => void;
}

/** One breaker: computed and forced state apart, since when, and what it does next. */
export function BreakerTile({ breaker, onForce }: BreakerTileProps) {
  const { caller, service, method, instance, red } = breaker;
  const scope = [method && shortMethod(method), instance].filter(Boolean).join(" · ");
  const name = t("breakers.tile", { caller, service, scope: scope || t("breakers.all") });
  return (
    <article className={css.tile} data-loudness={loudness(breaker)} aria-label={name}>
      <BreakerGlyph state={breaker.forced ?? breaker.computed} forced={breaker.forced !== null} />
      <div className={css.words}>
        <h3 className={css.name}>
          {caller} → {service}
        </h3>
        <p className={css.scope} title={method}>
          {scope || t("breakers.all")}
        </p>
      </div>
      <div className={css.numbers}>
        <Num q={rate(red.rate)} />
        <Num q={share(red.rate ? red.errorShare : null)} tone={errorTone(red)} />
        <Num q={millis(red.p99Millis)} />
      </div>
      <States breaker={breaker} />
      <Verbs breaker={breaker} onForce={onForce} />
    </article>
  );
}

function States({ breaker }: { breaker: Breaker }) {
  const now = useNow();
  const { computed, forced, forcedBy, probeAt, cause } = breaker;
  const since = forcedBy ? forcedBy.since : breaker.since;
  if (loudness(breaker) === "quiet") return null;
  const tone = computed === "OPEN" ? "bad" : computed === "CLOSED" ? "neutral" : "warn";
  return (
    <div className={css.states}>
      <div className={css.tags}>
        <Tag tone={tone}>
          {t("breakers.computed")} {t(`breakers.state.${computed}`)}
        </Tag>
        {forced && (
          <Tag tone="forced">
            {t("breakers.forced")} {t(`breakers.state.${forced}`)}
          </Tag>
        )}
        {computed === "OPEN" && probeAt && (
          <span className={css.next}>{t("breakers.probeIn", { span: until(probeAt, now) })}</span>
        )}
      </div>
      {forcedBy && (
        <p>
          {forcedBy.author}: {forcedBy.reason}
          {forcedBy.expiresAt && ` · ${t("control.expiresIn", { span: until(forcedBy.expiresAt, now) })}`}
        </p>
      )}
      {cause && !forcedBy && <p>{cause}</p>}
      <p className={css.quiet}>
        {since && (
          <time dateTime={since} title={exact(since)}>
            {forcedBy
              ? t("breakers.forcedAgo", { ago: ago(since, now) })
              : t("breakers.lasts", {
                  state: t(`breakers.state.${computed}`),
                  span: span(now - Date.parse(since)),
                })}
          </time>
        )}
        {since && " · "}
        {processesWords(breaker)}
      </p>
    </div>
  );
}

/** "1 of 2 caller processes"; of a closed whole edge simply how many there are. */
function processesWords({ method, instance, forced, processes, callers }: Breaker): string {
  const whole = !method && !instance && forced === null;
  return whole
    ? t("breakers.processes", { n: callers })
    : t("breakers.processesOf", { n: processes, of: Math.max(processes, callers) });
}

function Verbs({ breaker, onForce }: BreakerTileProps) {
  const { caller, service, method, instance, forced, forcedBy } = breaker;
  const steers = useMaySteer()(service);
  if (!steers) return null;
  const scope = [method && shortMethod(method), instance].filter(Boolean).join(" · ") || t("breakers.all");
  const own = { caller, service, method, instance, forced };
  // What is lifted is the entry as it was made, which may name less than this breaker.
  const lifted = forcedBy
    ? { ...own, caller: forcedBy.caller, method: forcedBy.method, instance: forcedBy.instance }
    : own;
  const verb = (choice: ForcedChoice) => (
    <Button
      key={choice}
      size="compact-xs"
      variant={choice === "AUTO" ? "filled" : "default"}
      color={choice === "AUTO" ? "violet" : "blue"}
      aria-label={t("breakers.verbOf", { verb: t(`force.do.${choice}`), caller, service, scope })}
      onClick={() => onForce({ ...(choice === "AUTO" ? lifted : own), choice })}
    >
      {t(`force.do.${choice}`)}
    </Button>
  );
  return (
    <div className={css.verbs}>
      {forced && verb("AUTO")}
      {forced !== "OPEN" && verb("OPEN")}
      {forced !== "CLOSED" && verb("CLOSED")}
    </div>
  );
}
