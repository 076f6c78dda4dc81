import type { InstanceChange } from "@/lib/api/changes";
import type { InstanceDetail, InstanceNode } from "@/lib/api/types";

/** What a slider reaches; the number beside it takes the rest. */
export const SLIDER_MAX = 200;

/** Weights changed on the page and not yet applied, by instance. */
export type Drafts = Record<string, number>;

/** The list knows the overrides; the stream's topology has the fresher shares, states and newcomers' ids. */
export function withLive(instances: InstanceDetail[], live: InstanceNode[] | undefined): InstanceDetail[] {
  const fresh = new Map(live?.map((node) => [node.id, node]));
  return instances
    .map((instance) => ({ ...instance, ...fresh.get(instance.id) }))
    .sort((a, b) => a.id.localeCompare(b.id, undefined, { numeric: true }));
}

/** Newcomers that the stream shows and the list does not have yet. */
export function isMissing(instances: InstanceDetail[], live: InstanceNode[] | undefined): boolean {
  const known = new Set(instances.map((i) => i.id));
  return live?.some((node) => !known.has(node.id)) ?? false;
}

const takesCalls = (i: InstanceDetail) =>
  (i.state === "up" || i.state === "suspect") && !i.control?.drain && !i.control?.eject;

/** Shares as they will be once the drafts are applied. */
export function draftShares(instances: InstanceDetail[], drafts: Drafts): Record<string, number> {
  const weight = (i: InstanceDetail) => (takesCalls(i) ? (drafts[i.id] ?? i.weight.configured) : 0);
  const total = instances.reduce((sum, i) => sum + weight(i), 0);
  return Object.fromEntries(instances.map((i) => [i.id, total ? weight(i) / total : 0]));
}

/** All that take calls get the same: the common base weight, 100 if there is none. */
export function evenly(instances: InstanceDetail[]): Drafts {
  const bases = new Set(instances.map((i) => i.weight.base));
  const [only] = bases;
  const weight = bases.size === 1 && only ? only : 100;
  return onlyChanged(instances, Object.fromEntries(instances.filter(takesCalls).map((i) => [i.id, weight])));
}

/** A draft equal to what is configured is no change. */
export function onlyChanged(instances: InstanceDetail[], drafts: Drafts): Drafts {
  const configured = new Map(instances.map((i) => [i.id, i.weight.configured]));
  return Object.fromEntries(Object.entries(drafts).filter(([id, weight]) => configured.get(id) !== weight));
}

/** The request's entries: a weight equal to the base lifts the override; drain and eject stay as they are. */
export function changesOf(instances: InstanceDetail[], drafts: Drafts): Record<string, InstanceChange> {
  const byId = new Map(instances.map((i) => [i.id, i]));
  return Object.fromEntries(
    Object.entries(drafts).map(([id, weight]) => {
      const instance = byId.get(id);
      const control = instance?.control;
      const kept = {
        drain: control?.drain ?? false,
        eject: control?.eject ?? false,
        sticky: control?.sticky ?? false,
      };
      return [id, { ...kept, weight: weight === instance?.weight.base ? null : weight }];
    }),
  );
}
