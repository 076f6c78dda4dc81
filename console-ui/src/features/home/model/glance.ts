import type { AckProcess, Acks, Health, InstanceNode, ServiceNode, Topology } from "@/lib/api/types";

const RANK: Record<Health, number> = { bad: 0, warn: 1, unknown: 2, ok: 3 };

/** Services that serve, worst first, then by traffic. */
export function worstServices({ services }: Topology): ServiceNode[] {
  return services
    .filter(({ kind }) => kind === "service")
    .sort((a, b) => RANK[a.health] - RANK[b.health] || b.red.rate - a.red.rate);
}

export const isFailing = ({ health }: ServiceNode) => health === "bad" || health === "warn";

export interface TroubledInstance {
  service: string;
  instance: InstanceNode;
}

const STATES = ["gone", "suspect", "ejected", "draining", "up"];

/** Instances that do not take calls as they should: gone ones first. */
export function troubledInstances({ services }: Topology): TroubledInstance[] {
  const all = services.flatMap(({ service, instances }) =>
    instances.map((instance) => ({ service, instance })),
  );
  return all
    .filter(({ instance }) => instance.state !== "up" || instance.unreachable !== null)
    .sort((a, b) => STATES.indexOf(a.instance.state) - STATES.indexOf(b.instance.state));
}

export interface ProcessBehind {
  service: string;
  /** The revision it has not applied. */
  revision: number;
  process: AckProcess;
}

/** Who has not applied the newest change of a service. */
export function behind(acks: (Acks | undefined)[]): ProcessBehind[] {
  return acks.flatMap((of) =>
    of
      ? of.processes
          .filter(({ state }) => state !== "applied")
          .map((process) => ({ service: of.service, revision: of.revision, process }))
      : [],
  );
}
