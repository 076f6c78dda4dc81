import type { InstanceAction } from "@/components/control/InstanceActionDialog";
import { type Account, maySteer } from "@/lib/api/rights";
import type { Edge, EdgeBreaker, InstanceNode, MethodSummary, Topology } from "@/lib/api/types";
import { shortMethod } from "@/lib/format/id";
import { type MessageKey, t } from "@/lib/i18n";

/** What the search box can do to traffic and access; each opens a dialog or a form, none acts by itself. */
export type Steering =
  | { do: "force"; caller: string; service: string; choice: "OPEN" | "AUTO" }
  | { do: "instance"; service: string; instance: string; action: InstanceAction }
  | { do: "policy"; service: string }
  | { do: "invoke"; service: string; method?: string }
  | { do: "token" }
  | { do: "chain" };

export interface Offer {
  label: string;
  steering: Steering;
}

export interface Steerable {
  user: Account | undefined;
  topology: Topology | undefined;
  methods: { service: string; methods: MethodSummary[] }[];
}

const MAX = 12;

/** What may be done to what the words name, for who is signed in; nothing for no words. */
export function offers(text: string, known: Steerable): Offer[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found: Offer[] = [];
  for (const { key, params, steering } of candidates(known)) {
    if (found.length === MAX) break;
    const label = t(key, params);
    const lower = label.toLowerCase();
    if (words.every((word) => lower.includes(word))) found.push({ label, steering });
  }
  return found;
}

interface Candidate {
  key: MessageKey;
  params: Record<string, string>;
  steering: Steering;
}

/** Made one by one, as only the first that fit are shown. */
function* candidates({ user, topology, methods }: Steerable): Generator<Candidate> {
  const may = (service: string) => maySteer(user, service);
  for (const edge of topology?.edges ?? []) if (may(edge.callee)) yield* ofEdge(edge);
  const services = topology?.services.filter((s) => s.kind === "service" && may(s.service)) ?? [];
  for (const { service } of services) {
    yield { key: "steer.policy", params: { service }, steering: { do: "policy", service } };
    yield { key: "steer.invoke", params: { service }, steering: { do: "invoke", service } };
  }
  for (const { service, instances } of services) {
    for (const instance of instances) yield* ofInstance(service, instance);
  }
  for (const { service, methods: list } of methods) {
    if (!may(service)) continue;
    for (const { method } of list) {
      const params = { method: shortMethod(method) };
      yield { key: "steer.invokeMethod", params, steering: { do: "invoke", service, method } };
    }
  }
  if (user?.role === "admin") yield { key: "steer.token", params: {}, steering: { do: "token" } };
  if (user) yield { key: "steer.chain", params: {}, steering: { do: "chain" } };
}

const FORCED: EdgeBreaker[] = ["forced_open", "forced_closed"];

function* ofEdge({ caller, callee: service, breaker }: Edge): Generator<Candidate> {
  const params = { caller, service };
  if (breaker !== "forced_open")
    yield { key: "steer.OPEN", params, steering: { do: "force", ...params, choice: "OPEN" } };
  if (FORCED.includes(breaker))
    yield { key: "steer.AUTO", params, steering: { do: "force", ...params, choice: "AUTO" } };
}

function* ofInstance(service: string, { id, state, weight }: InstanceNode): Generator<Candidate> {
  const actions: InstanceAction[] = [];
  if (state !== "gone") actions.push("weight");
  if (state === "up" || state === "suspect") actions.push("drain", "eject");
  if (weight.override !== null || state === "ejected") actions.push("lift");
  for (const action of actions) {
    const steering: Steering = { do: "instance", service, instance: id, action };
    yield { key: `steer.${action}`, params: { id }, steering };
  }
}
