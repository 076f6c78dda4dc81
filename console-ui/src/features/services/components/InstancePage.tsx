import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { RedCharts } from "@/components/charts/RedCharts";
import { type InstanceAction, InstanceActionDialog } from "@/components/control/InstanceActionDialog";
import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { ShareBars } from "@/components/ui/ShareBars";
import { Empty, Loaded } from "@/components/ui/States";
import { Tag } from "@/components/ui/Tag";
import { instancesQuery, recordersQuery, redQuery, serviceQuery, topologyQuery } from "@/lib/api/queries";
import { useMaySteer } from "@/lib/api/rights";
import type { InstanceDetail, Topology } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { INSTANCE_TONES } from "@/lib/tone";
import { withLive } from "../model/weights";
import { AppliedRevisions } from "./AppliedRevisions";
import { InstanceCallers } from "./InstanceCallers";
import { InstanceFacts } from "./InstanceFacts";
import { Outages } from "./Outages";
import css from "./OverviewTab.module.css";
import { Pipeline } from "./Pipeline";

/** One instance: its share of the calls, who calls it, what it has applied, and its controls. */
export function InstancePage() {
  const { instance: id = "" } = useParams({ strict: false });
  const query = useQuery(topologyQuery);
  return (
    <Loaded query={query}>
      {(topology) => {
        const node = topology.services.find((s) => s.instances.some((i) => i.id === id));
        return node ? <Known service={node.service} id={id} topology={topology} /> : <Unknown id={id} />;
      }}
    </Loaded>
  );
}

function Unknown({ id }: { id: string }) {
  return (
    <Page title={id}>
      <Empty title={t("instance.missing", { id })}>
        <p>{t("instance.missingHint")}</p>
        <Link to="/services">{t("instance.toServices")}</Link>
      </Empty>
    </Page>
  );
}

function Known({ service, id, topology }: { service: string; id: string; topology: Topology }) {
  const query = useQuery(instancesQuery(service));
  const live = topology.services.find((s) => s.service === service)?.instances;
  const found = query.data && withLive(query.data, live).find((it) => it.id === id);
  return (
    <Page
      title={
        <>
          {id}
          {found && <Tag tone={INSTANCE_TONES[found.state]}>{t(`instance.${found.state}`)}</Tag>}
        </>
      }
      summary={
        <Link to="/services/$service" params={{ service }}>
          {t("instance.page", { service })}
        </Link>
      }
      actions={found && <Actions service={service} instance={found} />}
    >
      <Loaded query={query}>
        {() =>
          found ? (
            <Body service={service} instance={found} topology={topology} />
          ) : (
            <Empty title={t("instance.missing", { id })}>{t("instance.missingHint")}</Empty>
          )
        }
      </Loaded>
    </Page>
  );
}

function Actions({ service, instance }: { service: string; instance: InstanceDetail }) {
  const [action, setAction] = useState<InstanceAction | null>(null);
  const steers = useMaySteer()(service);
  const { control, state } = instance;
  if (!steers) return null;
  const offered: InstanceAction[] = [];
  if (state !== "gone" && !control?.drain) offered.push("drain");
  if (state !== "gone" && !control?.eject) offered.push("eject");
  if (control) offered.push("lift");
  return (
    <>
      {offered.map((it) => (
        <Button key={it} variant="default" onClick={() => setAction(it)}>
          {t(`instances.do.${it}`)}
        </Button>
      ))}
      {action && (
        <InstanceActionDialog
          service={service}
          instance={instance}
          action={action}
          onClose={() => setAction(null)}
        />
      )}
    </>
  );
}

interface BodyProps {
  service: string;
  instance: InstanceDetail;
  topology: Topology;
}

function Body({ service, instance, topology }: BodyProps) {
  const { id } = instance;
  const may = useMaySteer()(service);
  const red = useQuery(redQuery({ service, groupBy: "instance" }));
  const callees = topology.edges.filter((e) => e.caller === service).map((e) => e.callee);
  const { data: detail } = useQuery(serviceQuery(service));
  const { data: recorders } = useQuery(recordersQuery);
  const process = recorders?.processes.find((it) => it.instance === id && it.service === service)?.process;
  const own = detail?.pipeline.filter((it) => it.process === process) ?? [];
  return (
    <>
      <Panel title={t("service.traffic")} hint={t("panel.lastMinutes", { n: 15 })}>
        <Loaded query={red}>
          {({ series }) => (
            <RedCharts
              points={series.find(({ key }) => key.instance === id)?.points ?? []}
              subject={id}
              height={110}
              across
            />
          )}
        </Loaded>
      </Panel>
      <div className={css.two}>
        <Panel title={t("instance.facts")}>
          <InstanceFacts instance={instance} />
        </Panel>
        <div className={css.stack}>
          <Panel
            title={t("column.share")}
            actions={
              may && (
                <Link to="/services/$service/$tab" params={{ service, tab: "instances" }}>
                  {t("instance.steer")}
                </Link>
              )
            }
          >
            <ShareBars weights={instance.weight} />
          </Panel>
          <Panel title={t("instance.connections")} hint={t("instance.connectionsHint")} flush>
            <InstanceCallers id={id} edges={topology.edges.filter((e) => e.callee === service)} />
          </Panel>
        </div>
      </div>
      <Panel title={t("outages.title")} hint={t("outages.hint")} flush>
        <Outages service={service} instance={id} />
      </Panel>
      <Panel title={t("instance.applied")} hint={t("instance.appliedHint")} flush>
        <AppliedRevisions instance={id} services={[service, ...callees]} />
      </Panel>
      {detail && (
        <Panel title={t("service.pipeline")} hint={t("service.pipelineHint")}>
          <Pipeline pipelines={own.length > 0 ? own : detail.pipeline} />
        </Panel>
      )}
    </>
  );
}
