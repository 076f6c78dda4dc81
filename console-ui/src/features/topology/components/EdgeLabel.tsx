import { Num } from "@/components/ui/Num";
import { millis, plain, rate, share } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { errorTone } from "@/lib/tone";
import { failedPerSecond, readableId } from "../model/dependencies";
import type { PlacedEdge } from "../model/scene";
import css from "./EdgeLabel.module.css";

interface EdgeLabelProps {
  edge: PlacedEdge;
  faded: boolean;
  selected: boolean;
  shown: boolean;
  onSelect: (id: string | undefined) => void;
  /** Reached by keyboard. */
  onReach: (id: string) => void;
}

type Side = "above" | "below" | "around";

const LEVEL = 6;

/** Beside the line where it reaches the callee, on the side the line does not come from. */
function sideOf({ curve, breaker }: PlacedEdge): Side {
  const rise = curve.start.y - curve.end.y;
  if (rise < -LEVEL) return "below";
  return rise > LEVEL || breaker.shape !== "none" ? "above" : "around";
}

/** Rate, then errors and p99; the breaker's state in words at its mark. */
export function EdgeLabel({ edge, faded, selected, shown, onSelect, onReach }: EdgeLabelProps) {
  const { red } = edge.edge;
  const { end } = edge.curve;
  const tone = edge.external ? null : errorTone(red);
  const failed = edge.external ? failedPerSecond(red) : 0;
  const word = breakerWord(edge);
  const side = sideOf(edge);
  return (
    <>
      <button
        type="button"
        className={css.label}
        data-side={side}
        data-marked={markOf(edge)}
        data-faded={faded}
        data-shown={shown}
        aria-pressed={selected}
        style={{ left: end.x - 6, top: end.y }}
        onFocus={(event) => event.currentTarget.matches(":focus-visible") && onReach(edge.id)}
        onClick={() => onSelect(selected ? undefined : edge.id)}
      >
        <span className="visually-hidden">{describe(edge)}</span>
        <span className={css.above} aria-hidden="true">
          <Num q={rate(red.rate)} />
        </span>
        <span className={css.below} aria-hidden="true">
          {tone && <Num q={share(red.errorShare)} tone={tone} />}
          {failed > 0 && <Num q={rate(failed)} tone="warn" />}
          <Num q={millis(red.p99Millis)} tone="quiet" />
        </span>
      </button>
      {word && (
        <span
          className={css.breaker}
          data-forced={edge.breaker.forced}
          data-shape={edge.breaker.shape}
          data-side={side}
          data-faded={faded}
          style={{ left: edge.curve.start.x + 5, top: edge.curve.start.y }}
          aria-hidden="true"
        >
          {word}
        </span>
      )}
    </>
  );
}

function markOf({ breaker }: PlacedEdge): "none" | "bar" | "hand" {
  if (breaker.shape === "none") return "none";
  return breaker.forced ? "hand" : "bar";
}

export function breakerWord({ edge, breaker }: PlacedEdge): string | null {
  if (breaker.shape === "none") return null;
  const word = t(`breaker.${edge.breaker}`);
  return breaker.stuck < breaker.of ? `${word} ${breaker.stuck}/${breaker.of}` : word;
}

/** All that label and breaker mark show, in words. */
function describe(placed: PlacedEdge): string {
  const { caller, callee, red } = placed.edge;
  if (placed.external) {
    return t("topology.dependencyEdge", {
      caller,
      callee: readableId(callee),
      rate: plain(rate(red.rate)),
      errors: plain(rate(failedPerSecond(red))),
      p99: plain(millis(red.p99Millis)),
    });
  }
  const words = t("topology.edge", {
    caller,
    callee,
    rate: plain(rate(red.rate)),
    errors: plain(share(red.errorShare)),
    p99: plain(millis(red.p99Millis)),
  });
  const breaker = breakerWord(placed);
  return breaker ? `${words}, ${t("topology.edgeBreaker", { state: breaker })}` : words;
}
