import type { SystemState } from "@/lib/api/types";
import { count, plain, rate } from "@/lib/format/quantity";
import { exact } from "@/lib/format/time";
import { t } from "@/lib/i18n";

export interface Finding {
  id: string;
  tone: "bad" | "warn";
  /** Two or three words for the top bar. */
  short: string;
  text: string;
}

/** What is wrong with the console itself, worst first; empty when all is well. */
export function findings(system: SystemState): Finding[] {
  const { registry, intake, traceStore, recorders, ignoredRegistryValues, certificates, grafana, stores } =
    system;
  const found: Finding[] = [];
  const add = (id: string, tone: Finding["tone"], short: string, text: string) =>
    found.push({ id, tone, short, text });
  if (!registry.connected) {
    const text = t("system.registryAway", { detail: registry.detail });
    add("registry", "bad", t("shell.registryDown"), text);
  }
  if (intake.spansDroppedPerSecond > 0) {
    const dropped = plain(rate(intake.spansDroppedPerSecond));
    add("dropping", "bad", t("shell.dropping"), t("system.dropping", { rate: dropped }));
  }
  if (recorders.lostPerSecond > 0) {
    const lost = plain(rate(recorders.lostPerSecond));
    add("losing", "bad", t("shell.losing"), t("system.losing", { rate: lost }));
  }
  if (recorders.shedding > 0) {
    add("shedding", "warn", t("shell.shedding"), t("system.shedding", { n: recorders.shedding }));
  }
  for (const { port, validUntil, endsSoon, fault } of certificates) {
    if (fault)
      add(`tls-${port}`, "warn", t("shell.certificate"), t("system.certificateFault", { port, fault }));
    if (endsSoon)
      add(
        `tls-end-${port}`,
        "bad",
        t("shell.certificate"),
        t("system.certificateEnds", { port, at: exact(validUntil) }),
      );
  }
  if (traceStore.notice) add("notice", "bad", t("shell.storeNotice"), traceStore.notice);
  if (traceStore.corruptFragments > 0) {
    const text = t("system.corrupt", { n: plain(count(traceStore.corruptFragments)) });
    add("corrupt", "warn", t("shell.storeNotice"), text);
  }
  for (const [what, store] of Object.entries(stores)) {
    if (!store.up) add(`store-${what}`, "bad", t("shell.storeAway"), store.detail);
  }
  if (grafana && !grafana.up) {
    add("grafana", "warn", t("shell.grafanaAway"), t("system.grafanaAway", { detail: grafana.detail }));
  }
  if (ignoredRegistryValues.length > 0) {
    const short = t("shell.ignoredValues", { n: ignoredRegistryValues.length });
    add("ignored", "warn", short, t("system.ignored", { n: ignoredRegistryValues.length }));
  }
  return found;
}
