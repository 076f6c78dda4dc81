import { Num } from "@/components/ui/Num";
import { Panel } from "@/components/ui/Panel";
import { Stat, Stats } from "@/components/ui/Stat";
import type { SystemState } from "@/lib/api/types";
import { bytes, count, plain, share } from "@/lib/format/quantity";
import { exact, span } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { useNow } from "@/lib/useNow";
import { Facts } from "./Facts";
import css from "./SystemPage.module.css";

/** How full the trace store is, and how far back it reaches. */
export function TraceStorePanel({ store }: { store: SystemState["traceStore"] }) {
  const now = useNow();
  const { oldest } = store;
  const full = Math.min(1, store.bytes / store.maxBytes);
  return (
    <Panel title={t("system.store")} hint={t("system.storeHint", { hours: store.retentionHours })}>
      <Stats>
        <Stat label={t("system.tracesKept")} q={count(store.traces)} />
        <Stat label={t("system.spansKept")} q={count(store.spans)} />
        <Stat
          label={t("system.reach")}
          q={{ value: oldest ? span(now - Date.parse(oldest)) : "–", unit: "" }}
          title={oldest ? exact(oldest) : undefined}
        />
      </Stats>
      <div className={css.meter} aria-hidden="true">
        <span style={{ width: `${full * 100}%` }} />
      </div>
      <p className={css.meterText}>
        {t("system.bytesOf", {
          bytes: plain(bytes(store.bytes)),
          max: plain(bytes(store.maxBytes)),
          share: plain(share(full)),
        })}
      </p>
      <Facts
        facts={[
          [
            t("system.corruptFragments"),
            <Num
              key="corrupt"
              q={count(store.corruptFragments)}
              tone={store.corruptFragments > 0 ? "warn" : undefined}
            />,
          ],
          [t("system.notice"), store.notice || t("system.none")],
        ]}
      />
    </Panel>
  );
}
