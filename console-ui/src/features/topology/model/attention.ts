import type { Edge, InstanceNode, ServiceNode, Topology } from "@/lib/api/types";
import { plain, share } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { edgeId } from "../search";
import { blocksAll, breakerMark } from "./scene";

export interface Attention {
  /** Stays the same while its numbers change. */
  id: string;
  tone: "bad" | "warn" | "forced";
  text: string;
  select: string;
}

const RANK = { bad: 0, forced: 1, warn: 2 };

/** What an operator has to know now, worst first. Empty when all is well. */
export function attention({ services, edges }: Topology): Attention[] {
  const found = [...services.flatMap(ofInstances), ...edges.flatMap(ofEdge)];
  return found.sort((a, b) => RANK[a.tone] - RANK[b.tone]);
}

function ofInstances(service: ServiceNode): Attention[] {
  return service.instances.flatMap((instance) => {
    const text = instanceTrouble(instance);
    if (!text) return [];
    const tone = instance.state === "gone" ? "bad" : "warn";
    return [{ id: `${service.service}/${instance.id}`, tone, text, select: service.service }];
  });
}

/** "gone, reported by 3 of 3 callers"; null for an instance that does its work. */
export function instanceTrouble(instance: InstanceNode): string | null {
  const { id, state, unreachable } = instance;
  if (unreachable) {
    const { reporters, callers } = unreachable;
    const key = state === "gone" ? "topology.goneReported" : "topology.suspectReported";
    return t(key, { id, reporters, callers });
  }
  if (state === "gone") return t("topology.gone", { id });
  return state === "suspect" ? t("topology.suspect", { id }) : null;
}

function ofEdge(edge: Edge): Attention[] {
  const { caller, callee, red } = edge;
  const mark = breakerMark(edge);
  const select = edgeId(caller, callee);
  const id = select;
  const breaker = { caller, callee, stuck: mark.stuck, of: mark.of };
  if (mark.shape === "open" && mark.forced)
    return [{ id, tone: "forced", select, text: t("topology.forcedOpen", breaker) }];
  if (mark.forced) return [{ id, tone: "forced", select, text: t("topology.forcedOther", breaker) }];
  if (mark.shape === "open") {
    const text = blocksAll(mark) ? t("topology.openAll", breaker) : t("topology.openSome", breaker);
    return [{ id, tone: "bad", select, text }];
  }
  if (edge.health !== "bad" && edge.health !== "warn") return [];
  const errors = plain(share(red.errorShare));
  return [{ id, tone: edge.health, select, text: t("topology.failing", { caller, callee, errors }) }];
}
