import type { ServiceSummary, Topology } from "@/lib/api/types";
import { t } from "@/lib/i18n";

export interface ServiceRow extends ServiceSummary {
  instanceWords: string;
  /** Fewer than registered take calls. */
  missing: boolean;
}

const RANK = { bad: 0, warn: 1, unknown: 2, ok: 3 };

/** Worst first, then by traffic; rates and health from the stream, which is fresher than the list. */
export function serviceRows(services: ServiceSummary[], topology: Topology | undefined): ServiceRow[] {
  const live = new Map(topology?.services.map((s) => [s.service, s]));
  const rows = services.map((summary) => {
    const node = live.get(summary.service);
    const row = node ? { ...summary, health: node.health, red: node.red } : summary;
    return { ...row, instanceWords: instanceWords(summary), missing: summary.instances.gone > 0 };
  });
  return rows.sort((a, b) => RANK[a.health] - RANK[b.health] || b.red.rate - a.red.rate);
}

function instanceWords({ instances: { up, draining, gone, total } }: ServiceSummary): string {
  const words = [t("services.up", { up, total })];
  if (draining) words.push(t("services.draining", { n: draining }));
  if (gone) words.push(t("services.gone", { n: gone }));
  return words.join(", ");
}
