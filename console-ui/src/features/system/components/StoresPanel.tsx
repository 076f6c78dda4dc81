import { Panel } from "@/components/ui/Panel";
import { Tag } from "@/components/ui/Tag";
import type { AskedStore, SystemState } from "@/lib/api/types";
import { span } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { Facts } from "./Facts";
import css from "./SystemPage.module.css";

/** Who is asked for traces and metrics, whether it answers, and what it cannot do. */
export function StoresPanel({ stores }: { stores: SystemState["stores"] }) {
  const limits = [...stores.traces.limits, ...stores.metrics.limits];
  return (
    <Panel title={t("system.stores")} hint={t("system.storesHint")}>
      <Facts
        facts={[
          ...facts(t("system.storeTraces"), stores.traces),
          ...facts(t("system.storeMetrics"), stores.metrics),
        ]}
      />
      {limits.length > 0 && (
        <ul className={css.limits}>
          {limits.map((limit) => (
            <li key={limit}>{limit}</li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function facts(name: string, store: AskedStore): [string, React.ReactNode][] {
  const reach =
    store.reachSeconds === null ? "" : t("system.storeReach", { span: span(store.reachSeconds * 1000) });
  return [
    [
      name,
      <span key="state" className={css.store}>
        {store.where}
        <Tag tone={store.up ? "ok" : "bad"}>{word(store)}</Tag>
        {reach && <span className={css.meterText}>{reach}</span>}
      </span>,
    ],
    ...(store.detail ? [[`${name}: ${t("system.detail")}`, store.detail] as [string, string]] : []),
  ];
}

function word(store: AskedStore): string {
  if (!store.up) return t("system.away");
  return t(store.checkedAt ? "system.storeAnswers" : "system.storeOwn");
}
