import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { breakersQuery } from "@/lib/api/queries";
import { useMaySteer } from "@/lib/api/rights";
import type { Breaker, Edge } from "@/lib/api/types";
import { plain, rate, share } from "@/lib/format/quantity";
import { until } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { useNow } from "@/lib/useNow";
import css from "./BreakerControl.module.css";
import { ForceBreakerDialog, type ForcedChoice } from "./ForceBreakerDialog";
import { breakersOf, targetOf, wholeOf } from "./forceTarget";

/** A breaker's switch: what is configured, what is in force, what happens; and the three verbs. */
export function BreakerControl({ edge }: { edge: Edge }) {
  const [choice, setChoice] = useState<ForcedChoice | null>(null);
  const { data = [] } = useQuery(breakersQuery);
  const now = useNow();
  const steers = useMaySteer()(edge.callee);
  const mine = breakersOf(edge, data);
  const whole = wholeOf(mine);
  const forced = whole?.forced ?? null;
  return (
    <div className={css.control}>
      <dl className={css.three}>
        <div>
          <dt>{t("control.configured")}</dt>
          <dd>{configured(whole, now)}</dd>
        </div>
        <div>
          <dt>{t("control.inForce")}</dt>
          <dd>{inForce(edge, mine)}</dd>
        </div>
        <div>
          <dt>{t("control.happening")}</dt>
          <dd>
            {t("control.calls", {
              rate: plain(rate(edge.red.rate)),
              errors: plain(share(edge.red.errorShare)),
            })}
          </dd>
        </div>
      </dl>
      {steers && (
        <div className={css.buttons}>
          {forced !== "OPEN" && (
            <Button color="red" variant="light" onClick={() => setChoice("OPEN")}>
              {t("force.OPEN")}
            </Button>
          )}
          {forced !== "CLOSED" && (
            <Button variant="default" onClick={() => setChoice("CLOSED")}>
              {t("force.CLOSED")}
            </Button>
          )}
          {forced !== null && (
            <Button color="violet" onClick={() => setChoice("AUTO")}>
              {t("force.do.AUTO")}
            </Button>
          )}
        </div>
      )}
      {choice && <ForceBreakerDialog target={targetOf(edge, data, choice)} onClose={() => setChoice(null)} />}
    </div>
  );
}

function configured(whole: Breaker | undefined, now: number): string {
  if (!whole?.forced) return t("control.automatic");
  const { forcedBy } = whole;
  const state = t(`breaker.forced_${whole.forced === "OPEN" ? "open" : "closed"}`);
  if (!forcedBy) return state;
  const expires = forcedBy.expiresAt
    ? t("control.expiresIn", { span: until(forcedBy.expiresAt, now) })
    : t("control.neverExpires");
  return t("control.forcedBy", { state, author: forcedBy.author, reason: forcedBy.reason, expires });
}

function inForce(edge: Edge, breakers: Breaker[]): string {
  const state = t(`breaker.${edge.breaker}`);
  const stuck = edge.instances.filter((i) => i.breaker === edge.breaker).length;
  const partly = edge.breaker !== "closed" && stuck > 0 && stuck < edge.instances.length;
  const computed = edge.breaker === "open" || edge.breaker === "half_open";
  const cause = computed && breakers.find((b) => b.cause && b.computed !== "CLOSED")?.cause;
  const words = partly ? t("control.onSome", { state, n: stuck, of: edge.instances.length }) : state;
  return cause ? `${words}: ${cause}` : words;
}
