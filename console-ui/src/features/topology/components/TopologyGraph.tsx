import { useReducedMotion } from "@mantine/hooks";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Icon } from "@/components/ui/Icon";
import type { Topology } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useLiveState } from "@/lib/live/context";
import { subscribeScheme } from "@/lib/theme/scheme";
import { boundsOf } from "../model/geometry";
import { measure, type Positions } from "../model/layout";
import {
  boxOf,
  curvesOf,
  EdgeWidths,
  litBy,
  placeEdges,
  type SceneEdge,
  type SceneNode,
  sceneEdges,
  sceneNodes,
} from "../model/scene";
import type { Viewport } from "../model/viewport";
import { EdgeLabel } from "./EdgeLabel";
import { GraphView } from "./graphView";
import { ServiceBox } from "./ServiceBox";
import css from "./TopologyGraph.module.css";
import { TrafficLayer } from "./trafficLayer";
import { usePositions } from "./usePositions";
import { useSeen } from "./useSeen";

interface TopologyGraphProps {
  topology: Topology;
  /** What stays lit while nothing is selected; null: everything. */
  found: Set<string> | null;
  selected: string | undefined;
  onSelect: (id: string | undefined) => void;
}

/** Below this zoom HTML boxes are too small to read, so that the graph draws plain ones. */
const READABLE_ZOOM = 0.5;
const READABLE_BOXES = 100;
const ALL_LABELS = 60;
const DRAWER = 408;
const RAIL = 190;
const NOWHERE: Positions = {};
const NO_NODES: SceneNode[] = [];
const NO_EDGES: SceneEdge[] = [];

export default function TopologyGraph({ topology, found, selected, onSelect }: TopologyGraphProps) {
  const frame = useRef<HTMLDivElement>(null);
  const ground = useRef<HTMLCanvasElement>(null);
  const world = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useRef<GraphView | null>(null);
  const layer = useRef<TrafficLayer | null>(null);
  const select = useRef(onSelect);
  select.current = onSelect;
  // A large graph starts out small: boxes that nobody could read are not made first.
  const [plain, setPlain] = useState(() => topology.services.length > READABLE_BOXES);
  const live = useLiveState();
  const [seen, setViewport] = useSeen(topology.services.length > READABLE_BOXES);
  const reduced = useReducedMotion();

  const [measured] = useState(() => measure(window.innerWidth - RAIL, window.innerHeight));
  const all = useMemo(
    () => sceneNodes(topology, measured.boxWidth, selected),
    [topology, measured, selected],
  );
  const [widths] = useState(() => new EdgeWidths());
  const allEdges = useMemo(() => sceneEdges(topology, widths), [topology, widths]);
  const arranged = usePositions(topology.env, all, allEdges, measured);
  const { move, rearrange } = arranged;
  const positions = arranged.positions ?? NOWHERE;
  const nodes = arranged.positions ? all : NO_NODES;
  const edges = arranged.positions ? allEdges : NO_EDGES;
  // Positions are new whenever boxes or edges are: new numbers alone bend no line.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `positions` stands for nodes and edges
  const curves = useMemo(() => curvesOf(nodes, edges, positions), [positions]);
  const placed = useMemo(() => placeEdges(edges, curves), [edges, curves]);
  const lit = useMemo(() => litBy(selected, edges) ?? found, [selected, edges, found]);

  useEffect(() => {
    if (!frame.current || !ground.current || !canvas.current) return;
    const traffic = new TrafficLayer(canvas.current);
    const show = (viewport: Viewport) => {
      const { zoom, pan } = viewport;
      if (world.current) world.current.style.transform = `translate(${pan.x}px, ${pan.y}px) scale(${zoom})`;
      traffic.setViewport(viewport);
      setPlain(zoom < READABLE_ZOOM);
      setViewport(viewport);
    };
    const graph = new GraphView(ground.current, frame.current, {
      onViewport: show,
      onSelect: (id) => select.current(id),
    });
    view.current = graph;
    layer.current = traffic;
    const resize = new ResizeObserver(() => {
      graph.repaint();
      graph.fit();
    });
    resize.observe(frame.current);
    const unsubscribe = subscribeScheme(() => {
      graph.repaint();
      traffic.recolor();
    });
    return () => {
      unsubscribe();
      resize.disconnect();
      traffic.stop();
      graph.destroy();
      view.current = null;
    };
  }, [setViewport]);

  useEffect(() => {
    view.current?.sync(nodes, placed, positions, lit);
    layer.current?.setScene(placed, lit);
  }, [nodes, placed, positions, lit]);

  // A new box may lie outside; a change of numbers never moves the view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: fits again when boxes come or go
  useEffect(() => view.current?.fit(), [nodes.length, Object.keys(positions).length > 0]);

  useEffect(() => view.current?.keepInSight(selected, DRAWER), [selected]);

  useEffect(() => view.current?.setPlain(plain), [plain]);

  const reach = useCallback((id: string) => view.current?.reach(id), []);
  const moving = !reduced && live === "live";
  useEffect(() => {
    layer.current?.start(moving);
  }, [moving]);

  return (
    <div ref={frame} className={css.graph} data-boxes={nodes.length}>
      <canvas ref={ground} className={css.ground} />
      <canvas ref={canvas} className={css.canvas} />
      <div ref={world} className={css.world}>
        {!plain && (
          <>
            {placed
              .filter(({ curve }) => seen(boundsOf(curve)))
              .map((edge) => (
                <EdgeLabel
                  key={edge.id}
                  edge={edge}
                  faded={lit !== null && !lit.has(edge.id)}
                  selected={selected === edge.id}
                  shown={placed.length <= ALL_LABELS || (lit?.has(edge.id) ?? false)}
                  onSelect={onSelect}
                  onReach={reach}
                />
              ))}
            {nodes
              .filter((node) => seen(boxOf(node, positions)))
              .map((node) => (
                <ServiceBox
                  key={node.id}
                  node={node}
                  at={positions[node.id] ?? { x: 0, y: 0 }}
                  faded={lit !== null && !lit.has(node.id)}
                  selected={selected === node.id}
                  zoom={() => view.current?.viewport().zoom ?? 1}
                  onSelect={onSelect}
                  onReach={reach}
                  onMove={move}
                />
              ))}
          </>
        )}
      </div>
      {!arranged.positions && (
        <p className={css.arranging} role="status">
          {t("topology.arranging", { n: all.length })}
        </p>
      )}
      <fieldset className={css.tools}>
        <legend className="visually-hidden">{t("topology.tools")}</legend>
        <Tool icon="plus" label={t("topology.zoomIn")} onClick={() => view.current?.zoomBy(1.25)} />
        <Tool icon="minus" label={t("topology.zoomOut")} onClick={() => view.current?.zoomBy(0.8)} />
        <Tool icon="fit" label={t("topology.fit")} onClick={() => view.current?.refit()} />
        <Tool icon="layout" label={t("topology.rearrange")} onClick={rearrange} />
      </fieldset>
    </div>
  );
}

function Tool({
  icon,
  label,
  onClick,
}: {
  icon: Parameters<typeof Icon>[0]["name"];
  label: string;
  onClick: () => void;
}) {
  return (
    <button type="button" title={label} aria-label={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
