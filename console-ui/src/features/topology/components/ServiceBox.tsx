import { type PointerEvent, useRef } from "react";
import { Icon } from "@/components/ui/Icon";
import { Num } from "@/components/ui/Num";
import type { Dependency, InstanceNode } from "@/lib/api/types";
import { shortenMiddle } from "@/lib/format/id";
import { millis, plain, rate, share } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { errorTone } from "@/lib/tone";
import { instanceTrouble } from "../model/attention";
import { failedPerSecond, readableId, titleOf } from "../model/dependencies";
import type { Point } from "../model/geometry";
import type { SceneNode } from "../model/scene";
import { HealthRing } from "./HealthRing";
import css from "./ServiceBox.module.css";

interface ServiceBoxProps {
  node: SceneNode;
  at: Point;
  faded: boolean;
  selected: boolean;
  zoom: () => number;
  onSelect: (id: string | undefined) => void;
  /** Reached by keyboard. */
  onReach: (id: string) => void;
  onMove: (id: string, to: Point) => void;
}

export function ServiceBox(props: ServiceBoxProps) {
  const { node, at, faded, selected, zoom, onSelect, onReach, onMove } = props;
  const drag = useDrag(at, zoom, (to) => onMove(node.id, to));
  const { service, dependency } = node;
  return (
    <button
      type="button"
      className={css.box}
      data-faded={faded}
      data-health={service.health}
      data-kind={service.kind}
      aria-pressed={selected}
      style={{ left: at.x, top: at.y, width: node.width, height: node.height }}
      {...drag.handlers}
      onFocus={(event) => event.currentTarget.matches(":focus-visible") && onReach(node.id)}
      onClick={() => {
        if (!drag.dragged()) onSelect(selected ? undefined : node.id);
      }}
    >
      <span className="visually-hidden">{describe(node)}</span>
      <span className={css.head} aria-hidden="true">
        {dependency ? (
          <Icon name={dependency.kind} size={20} />
        ) : (
          <HealthRing health={service.health} okShare={1 - service.red.errorShare} />
        )}
        <span className={css.words}>
          <span className={css.name}>{dependency ? titleOf(dependency) : service.service}</span>
          {service.kind === "client" ? (
            <span className={css.numbers}>{t("topology.client")}</span>
          ) : (
            <Numbers node={node} />
          )}
        </span>
      </span>
      {node.instances.length > 0 && (
        <span className={css.instances} aria-hidden="true">
          {node.instances.map((instance) => (
            <InstanceRow key={instance.id} instance={instance} service={service.service} />
          ))}
        </span>
      )}
    </button>
  );
}

function Numbers({ node }: { node: SceneNode }) {
  const { red } = node.service;
  if (node.dependency) return <SpanNumbers dependency={node.dependency} />;
  const tone = errorTone(red);
  return (
    <span className={css.numbers}>
      <Num q={rate(red.rate)} />
      {tone ? <Num q={share(red.errorShare)} tone={tone} /> : <Num q={millis(red.p99Millis)} />}
    </span>
  );
}

/** Of kept traces: no share of them means anything. */
function SpanNumbers({ dependency: { system, red } }: { dependency: Dependency }) {
  const failed = failedPerSecond(red);
  return (
    <span className={css.numbers}>
      {system}
      {failed > 0 ? <Num q={rate(failed)} tone="warn" /> : <Num q={millis(red.p99Millis)} />}
    </span>
  );
}

function InstanceRow({ instance, service }: { instance: InstanceNode; service: string }) {
  const { state, weight, unreachable } = instance;
  const observed = weight.observedShare ?? 0;
  return (
    <span className={css.instance} data-state={state} title={instanceTrouble(instance) ?? instance.id}>
      <span className={css.id}>{shortInstance(instance.id, service)}</span>
      {state === "up" || state === "draining" ? (
        <>
          <span className={css.track}>
            <span className={css.bar} style={{ width: `${observed * 100}%` }} />
            <span className={css.tick} style={{ left: `${weight.effectiveShare * 100}%` }} />
          </span>
          <span className={css.share}>{plain(share(weight.observedShare))}</span>
        </>
      ) : (
        <span className={css.state}>
          {t(`instance.${state}`)}
          {unreachable && ` · ${unreachable.reporters}/${unreachable.callers}`}
        </span>
      )}
    </span>
  );
}

/** "payments-2" inside the box of payments is "-2". */
export function shortInstance(id: string, service: string): string {
  return id.startsWith(`${service}-`) ? id.slice(service.length) : shortenMiddle(id, 11);
}

/** All that the box shows, in words. */
function describe({ service, dependency, instances }: SceneNode): string {
  const { red } = service;
  if (dependency) {
    return t("topology.dependencyBox", {
      kind: t(`dependency.${dependency.kind}`),
      name: readableId(service.service),
      rate: plain(rate(red.rate)),
      errors: plain(rate(failedPerSecond(red))),
      p99: plain(millis(red.p99Millis)),
    });
  }
  if (service.kind === "client") return `${service.service}: ${t("topology.client")}`;
  const trouble = instances.map(instanceTrouble).filter((text) => text !== null);
  const words = t("topology.box", {
    service: service.service,
    health: t(`health.${service.health}`),
    rate: plain(rate(red.rate)),
    errors: plain(share(red.errorShare)),
    p99: plain(millis(red.p99Millis)),
    instances: service.instances.length,
  });
  return [words, ...trouble].join("; ");
}

const DRAG_THRESHOLD = 4;

function useDrag(at: Point, zoom: () => number, onMove: (to: Point) => void) {
  const from = useRef<{ pointer: Point; box: Point; moved: boolean } | null>(null);
  const wasDragged = useRef(false);
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      wasDragged.current = false;
      from.current = { pointer: { x: event.clientX, y: event.clientY }, box: at, moved: false };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const start = from.current;
      if (!start) return;
      const dx = event.clientX - start.pointer.x;
      const dy = event.clientY - start.pointer.y;
      if (!start.moved && Math.hypot(dx, dy) < DRAG_THRESHOLD) return;
      if (!start.moved) event.currentTarget.setPointerCapture(event.pointerId);
      start.moved = true;
      wasDragged.current = true;
      onMove({ x: start.box.x + dx / zoom(), y: start.box.y + dy / zoom() });
    },
    onPointerUp: () => {
      from.current = null;
    },
    onPointerCancel: () => {
      from.current = null;
    },
  };
  return { handlers, dragged: () => wasDragged.current };
}
