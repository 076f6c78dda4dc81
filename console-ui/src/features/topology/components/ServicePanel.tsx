import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { HealthMark } from "@/components/ui/HealthMark";
import { Num } from "@/components/ui/Num";
import { SidePanel, SideSection } from "@/components/ui/SidePanel";
import { RedStats } from "@/components/ui/Stat";
import { Loaded } from "@/components/ui/States";
import { Tag } from "@/components/ui/Tag";
import { methodsQuery } from "@/lib/api/queries";
import type { MethodSummary, ServiceNode, Topology } from "@/lib/api/types";
import { shortMethod } from "@/lib/format/id";
import { millis, rate, share } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { errorTone } from "@/lib/tone";
import { instanceTrouble } from "../model/attention";
import { FailuresSection, RedSection } from "./panelParts";
import css from "./panelParts.module.css";

interface ServicePanelProps {
  service: ServiceNode;
  topology: Topology;
  onClose: () => void;
}

export function ServicePanel({ service, topology, onClose }: ServicePanelProps) {
  const name = service.service;
  const serves = service.kind === "service";
  const title = (
    <>
      <HealthMark health={service.health} />
      {name}
    </>
  );
  return (
    <SidePanel
      label={t("panel.service", { service: name })}
      title={title}
      subtitle={serves ? t("panel.serviceSummary", { n: service.instances.length }) : t("topology.client")}
      onClose={onClose}
    >
      {serves && (
        <SideSection title={t("panel.now")}>
          <RedStats red={service.red} />
        </SideSection>
      )}
      {serves && (
        <SideSection
          title={t("panel.instances")}
          aside={
            <Link to="/services/$service/$tab" params={{ service: name, tab: "instances" }}>
              {t("panel.steer")}
            </Link>
          }
        >
          <Instances service={service} />
        </SideSection>
      )}
      <Neighbours name={name} topology={topology} />
      {serves && <TopMethods service={name} />}
      <FailuresSection match={(f) => f.service === name || f.caller === name} />
      {serves && <RedSection filter={{ service: name }} subject={name} />}
      {serves && (
        <p className={css.foot}>
          <Link to="/services/$service" params={{ service: name }}>
            {t("panel.openService", { service: name })}
          </Link>
        </p>
      )}
    </SidePanel>
  );
}

function Instances({ service }: { service: ServiceNode }) {
  return (
    <table className={css.rows}>
      <thead>
        <tr>
          <th scope="col">{t("column.instance")}</th>
          <th scope="col">{t("column.share")}</th>
          <th scope="col">{t("red.errors")}</th>
          <th scope="col">p99</th>
        </tr>
      </thead>
      <tbody>
        {service.instances.map((instance) => {
          const trouble = instanceTrouble(instance);
          return (
            <tr key={instance.id}>
              <th scope="row" className={css.ellipsis}>
                {instance.id}
              </th>
              {trouble ? (
                <td colSpan={3}>
                  <Tag
                    tone={instance.state === "gone" ? "bad" : "warn"}
                    title={instance.unreachable?.cause ?? ""}
                  >
                    {trouble.replace(`${instance.id} `, "")}
                  </Tag>
                </td>
              ) : (
                <>
                  <td>
                    <Num q={share(instance.weight.observedShare)} />
                  </td>
                  <td>
                    <Num
                      q={share(instance.red.rate ? instance.red.errorShare : null)}
                      tone={errorTone(instance.red)}
                    />
                  </td>
                  <td>
                    <Num q={millis(instance.red.p99Millis)} />
                  </td>
                </>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Neighbours({ name, topology }: { name: string; topology: Topology }) {
  const edges = topology.edges.filter((edge) => edge.caller === name || edge.callee === name);
  if (edges.length === 0) return null;
  return (
    <SideSection title={t("panel.neighbours")}>
      <table className={css.rows}>
        <tbody>
          {edges.map((edge) => (
            <tr key={`${edge.caller}>${edge.callee}`}>
              <th scope="row">
                <Link to="/topology" search={(s) => ({ ...s, select: `${edge.caller}>${edge.callee}` })}>
                  {edge.caller === name
                    ? t("panel.calls", { service: edge.callee })
                    : t("panel.calledBy", { service: edge.caller })}
                </Link>
              </th>
              <td>
                <Num q={rate(edge.red.rate)} />
              </td>
              <td>
                <Num q={share(edge.red.errorShare)} tone={errorTone(edge.red)} />
              </td>
              <td>
                <Num q={millis(edge.red.p99Millis)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </SideSection>
  );
}

const failing = (method: MethodSummary) => method.red.rate * method.red.errorShare;

function TopMethods({ service }: { service: string }) {
  const query = useQuery(methodsQuery(service));
  return (
    <SideSection title={t("panel.topMethods")}>
      <Loaded query={query} rows={2}>
        {(methods) => (
          <table className={css.rows}>
            <tbody>
              {[...methods]
                .sort((a, b) => failing(b) - failing(a))
                .slice(0, 5)
                .map((method) => (
                  <tr key={method.method}>
                    <th scope="row" className={css.ellipsis} title={method.method}>
                      {shortMethod(method.method)}
                    </th>
                    <td>
                      <Num q={rate(method.red.rate)} />
                    </td>
                    <td>
                      <Num
                        q={share(method.red.rate ? method.red.errorShare : null)}
                        tone={errorTone(method.red)}
                      />
                    </td>
                    <td>
                      <Num q={millis(method.red.p99Millis)} />
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </SideSection>
  );
}
