import type { Breaker, Edge } from "@/lib/api/types";
import type { ForcedChoice, ForceTarget } from "./ForceBreakerDialog";

type Ends = Pick<Edge, "caller" | "callee">;

export const breakersOf = ({ caller, callee }: Ends, breakers: Breaker[]) =>
  breakers.filter((b) => b.caller === caller && b.service === callee);

/** The one that stands for all methods and instances. */
export const wholeOf = (mine: Breaker[]) => mine.find((b) => !b.method && !b.instance);

/** The whole edge; what is lifted is the entry as it was made, which may hold every caller. */
export function targetOf(edge: Ends, breakers: Breaker[], choice: ForcedChoice): ForceTarget {
  const whole = wholeOf(breakersOf(edge, breakers));
  const caller = choice === "AUTO" ? (whole?.forcedBy?.caller ?? edge.caller) : edge.caller;
  return { caller, service: edge.callee, method: "", instance: "", forced: whole?.forced ?? null, choice };
}
