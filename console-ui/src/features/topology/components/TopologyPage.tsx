import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useCallback } from "react";
import { Empty, Loaded, Loading } from "@/components/ui/States";
import { topologyQuery } from "@/lib/api/queries";
import type { Topology } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { AttentionBar } from "./AttentionBar";
import { EdgePanel } from "./EdgePanel";
import { ServicePanel } from "./ServicePanel";
import css from "./TopologyPage.module.css";
import { TopologyTable } from "./TopologyTable";

const TopologyGraph = lazy(() => import("./TopologyGraph"));
const route = getRouteApi("/shell/topology");

export function TopologyPage() {
  const query = useQuery(topologyQuery);
  const { view } = route.useSearch();
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
            <TopologyBody topology={topology} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function TopologyBody({ topology }: { topology: Topology }) {
  const { view, select } = route.useSearch();
  const navigate = route.useNavigate();
  const onSelect = useCallback(
    (id: string | undefined) => void navigate({ search: (s) => ({ ...s, select: id }), replace: true }),
    [navigate],
  );
  if (topology.services.length === 0) {
    return <Empty title={t("topology.empty")}>{t("topology.emptyHint")}</Empty>;
  }
  return (
    <div className={css.body}>
      {view === "table" ? (
        <TopologyTable topology={topology} selected={select} onSelect={onSelect} />
      ) : (
        <Suspense fallback={<Loading />}>
          <TopologyGraph topology={topology} selected={select} onSelect={onSelect} />
        </Suspense>
      )}
      <Details topology={topology} selected={select} onClose={() => onSelect(undefined)} />
    </div>
  );
}

interface DetailsProps {
  topology: Topology;
  selected: string | undefined;
  onClose: () => void;
}

function Details({ topology, selected, onClose }: DetailsProps) {
  if (!selected) return null;
  const [caller, callee] = selected.split(">");
  const edge = callee ? topology.edges.find((e) => e.caller === caller && e.callee === callee) : undefined;
  const service = callee ? undefined : topology.services.find((s) => s.service === caller);
  return (
    <div className={css.drawer}>
      {edge && <EdgePanel edge={edge} onClose={onClose} />}
      {service && <ServicePanel service={service} topology={topology} onClose={onClose} />}
    </div>
  );
}
