import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ErrorNote } from "@/components/ui/States";
import { endKeeping } from "@/lib/api/changes";
import { keptCallersQuery } from "@/lib/api/queries";
import { useMaySteer } from "@/lib/api/rights";
import type { KeptCaller } from "@/lib/api/types";
import { shortMethod } from "@/lib/format/id";
import { until } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { useNow } from "@/lib/useNow";
import { AcksStrip } from "./AcksStrip";
import css from "./KeepCalls.module.css";
import { useChange } from "./useChange";

/** Whose calls to a service are all kept now, by whose order, and who has applied it. */
export function KeptCallers({ service }: { service: string }) {
  const { data: orders = [] } = useQuery(keptCallersQuery(service));
  const now = useNow();
  const inForce = orders.filter((order) => Date.parse(order.until) > now);
  const newest = Math.max(0, ...inForce.map((order) => order.revision));
  if (inForce.length === 0) return <p className={css.quiet}>{t("keep.none")}</p>;
  return (
    <div className={css.orders}>
      <ul aria-label={t("keep.orders")}>
        {inForce.map((order) => (
          <Order key={`${order.caller} ${order.method}`} service={service} order={order} now={now} />
        ))}
      </ul>
      <AcksStrip service={service} revision={newest} />
    </div>
  );
}

function Order({ service, order, now }: { service: string; order: KeptCaller; now: number }) {
  const { caller, method, author, reason } = order;
  const steers = useMaySteer()(service);
  const end = useChange({ change: () => endKeeping(service, caller, method, t("keep.endReason")) });
  const what = method
    ? t("keep.orderMethod", { caller, method: shortMethod(method) })
    : t("keep.order", { caller });
  return (
    <li className={css.order}>
      <b>{what}</b>
      <span className={css.left}>{t("keep.left", { span: until(order.until, now) })}</span>
      <span className={css.why} title={reason}>
        {author} · {reason}
      </span>
      {steers && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={t("keep.endOf", { caller })}
          loading={end.isPending}
          onClick={() => end.mutate(undefined)}
        >
          {t("keep.end")}
        </Button>
      )}
      {end.error && <ErrorNote error={end.error} />}
    </li>
  );
}
