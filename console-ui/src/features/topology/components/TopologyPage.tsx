import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useMemo } from "react";
import { Empty, Loaded, Loading } from "@/components/ui/States";
import { pastTopologyQuery, topologyQuery } from "@/lib/api/queries";
import type { Topology } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { dependencyOf, withDependencies } from "../model/dependencies";
import { filtered } from "../model/filter";
import { edgeId } from "../search";
import { AttentionBar } from "./AttentionBar";
import { DependencyPanel } from "./DependencyPanel";
import { EdgePanel } from "./EdgePanel";
import { FilterBar } from "./FilterBar";
import { ServicePanel } from "./ServicePanel";
import { TimeBar } from "./TimeBar";
import css from "./TopologyPage.module.css";
import { TopologyTable } from "./TopologyTable";

const TopologyGraph = lazy(() => import("./TopologyGraph"));
const route = getRouteApi("/shell/topology");

export function TopologyPage() {
  const { view, at } = route.useSearch();
  const live = useQuery({ ...topologyQuery, enabled: at === undefined });
  const past = useQuery(pastTopologyQuery(at));
  const query = at === undefined ? live : past;
  const navigate = route.useNavigate();
  return (
    <div className={css.page}>
      <h1 className="visually-hidden">{t("nav.topology")}</h1>
      <Loaded query={query}>
        {(topology) => (
          <>
            <div className={css.bar}>
              <AttentionBar topology={topology} />
              <SegmentedControl
                className={css.view}
                aria-label={t("topology.view")}
                value={view ?? "graph"}
                onChange={(next) =>
                  void navigate({ search: (s) => ({ ...s, view: next === "table" ? "table" : undefined }) })
                }
                data={[
                  { value: "graph", label: t("topology.graph") },
                  { value: "table", label: t("topology.table") },
                ]}
              />
            </div>
            <TopologyMap topology={topology} />
          </>
        )}
      </Loaded>
      <TimeBar />
    </div>
  );
}

/** Draws dependencies as boxes, unless they are not wanted. */
function TopologyMap({ topology }: { topology: Topology }) {
  const { dependencies } = route.useSearch();
  const whole = useMemo(
    () => (dependencies === "off" ? topology : withDependencies(topology)),
    [topology, dependencies],
  );
  return (
    <>
      <FilterBar topology={whole} />
      <TopologyBody whole={whole} />
    </>
  );
}

function TopologyBody({ whole }: { whole: Topology }) {
  const search = route.useSearch();
  const { view, select } = search;
  const { topology, found } = useMemo(() => filtered(whole, search), [whole, search]);
  const navigate = route.useNavigate();
  const onSelect = useCallback(
    (id: string | undefined) => void navigate({ search: (s) => ({ ...s, select: id }), replace: true }),
    [navigate],
  );
  if (whole.services.length === 0) {
    return <Empty title={t("topology.empty")}>{t("topology.emptyHint")}</Empty>;
  }
  if (topology.services.length === 0) {
    return <Empty title={t("topology.allHidden")}>{t("topology.allHiddenHint")}</Empty>;
  }
  return (
    <div className={css.body}>
      {view === "table" ? (
        <TopologyTable topology={topology} found={found} selected={select} onSelect={onSelect} />
      ) : (
        <Suspense fallback={<Loading />}>
          <TopologyGraph topology={topology} found={found} selected={select} onSelect={onSelect} />
        </Suspense>
      )}
      <Details topology={whole} selected={select} onClose={() => onSelect(undefined)} />
    </div>
  );
}

interface DetailsProps {
  topology: Topology;
  selected: string | undefined;
  onClose: () => void;
}

function Details({ topology, selected, onClose }: DetailsProps) {
  const { at: past } = route.useSearch();
  if (!selected) return null;
  const edge = topology.edges.find((it) => edgeId(it.caller, it.callee) === selected);
  const service = topology.services.find((it) => it.service === selected);
  const dependency = dependencyOf(topology, edge ? edge.callee : selected);
  return (
    <div className={css.drawer}>
      {dependency && (
        <DependencyPanel
          dependency={dependency}
          caller={edge?.caller}
          topology={topology}
          onClose={onClose}
        />
      )}
      {!dependency && edge && <EdgePanel edge={edge} past={past} onClose={onClose} />}
      {!dependency && service && <ServicePanel service={service} topology={topology} onClose={onClose} />}
    </div>
  );
}
