import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type InstanceAction, InstanceActionDialog } from "@/components/control/InstanceActionDialog";
import { RecentChanges } from "@/components/control/RecentChanges";
import { Panel } from "@/components/ui/Panel";
import { Empty, Loaded } from "@/components/ui/States";
import { instancesQuery, topologyQuery } from "@/lib/api/queries";
import { useMaySteer } from "@/lib/api/rights";
import type { InstanceDetail } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { type Drafts, draftShares, evenly, isMissing, onlyChanged, withLive } from "../model/weights";
import { ApplyBar } from "./ApplyBar";
import { InstanceRow } from "./InstanceRow";
import rowCss from "./InstanceRow.module.css";
import { Outages } from "./Outages";

export function InstancesTab({ service }: { service: string }) {
  const query = useQuery(instancesQuery(service));
  const { data: topology } = useQuery(topologyQuery);
  const live = topology?.services.find((s) => s.service === service)?.instances;
  const { refetch } = query;
  const missing = query.data !== undefined && isMissing(query.data, live);
  useEffect(() => {
    if (missing) void refetch();
  }, [missing, refetch]);
  return (
    <Loaded query={query}>
      {(instances) => <Instances service={service} instances={withLive(instances, live)} />}
    </Loaded>
  );
}

function Instances({ service, instances }: { service: string; instances: InstanceDetail[] }) {
  const [drafts, setDrafts] = useState<Drafts>({});
  const [acting, setActing] = useState<{ instance: InstanceDetail; action: InstanceAction } | null>(null);
  const steers = useMaySteer()(service);
  const changed = onlyChanged(instances, drafts);
  const shares = draftShares(instances, changed);
  const hasDrafts = Object.keys(changed).length > 0;
  if (instances.length === 0) return <Empty title={t("instances.none")}>{t("instances.noneHint")}</Empty>;
  return (
    <>
      <Panel
        title={t("service.instances")}
        hint={t("instances.hint")}
        flush
        actions={
          steers && (
            <Button variant="default" onClick={() => setDrafts(evenly(instances))}>
              {t("instances.evenly")}
            </Button>
          )
        }
      >
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">{t("column.instance")}</th>
              <th scope="col">{t("instances.weight")}</th>
              <th scope="col">{t("column.share")}</th>
              <th scope="col" className="right">
                {t("red.rate")}
              </th>
              <th scope="col" className="right">
                {t("red.errors")}
              </th>
              <th scope="col" className={`right ${rowCss.roomy}`}>
                p99
              </th>
              <th scope="col">
                <span className="visually-hidden">{t("column.actions")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {instances.map((instance) => (
              <InstanceRow
                key={instance.id}
                instance={instance}
                steers={steers}
                draft={changed[instance.id]}
                draftShare={hasDrafts ? shares[instance.id] : undefined}
                onDraft={(weight) => setDrafts((all) => ({ ...all, [instance.id]: weight }))}
                onAction={(action) => setActing({ instance, action })}
              />
            ))}
          </tbody>
        </table>
        {hasDrafts && (
          <ApplyBar service={service} instances={instances} drafts={changed} onDone={() => setDrafts({})} />
        )}
      </Panel>
      <Panel title={t("outages.title")} hint={t("outages.hint")} flush>
        <Outages service={service} />
      </Panel>
      <Panel title={t("changes.title")} hint={t("changes.hint")}>
        <RecentChanges service={service} />
      </Panel>
      {acting && (
        <InstanceActionDialog
          service={service}
          instance={acting.instance}
          action={acting.action}
          onClose={() => setActing(null)}
        />
      )}
    </>
  );
}
