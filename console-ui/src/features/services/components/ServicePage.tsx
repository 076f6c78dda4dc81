import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { HealthMark } from "@/components/ui/HealthMark";
import { Page } from "@/components/ui/Page";
import { Loaded } from "@/components/ui/States";
import { Tabs } from "@/components/ui/Tabs";
import { serviceQuery, topologyQuery } from "@/lib/api/queries";
import type { ServiceDetail } from "@/lib/api/types";
import { plain, rate, share } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { SERVICE_TABS, type ServiceTab, serviceTab } from "../search";
import { ApiTab } from "./ApiTab";
import { ContractMark } from "./ContractMark";
import { InstancesTab } from "./InstancesTab";
import { MethodsTab } from "./MethodsTab";
import { OverviewTab } from "./OverviewTab";
import { PolicyTab } from "./PolicyTab";

export function ServicePage() {
  const params = useParams({ strict: false });
  const service = params.service ?? "";
  const tab = serviceTab(params.tab);
  const query = useQuery(serviceQuery(service));
  const topology = useQuery(topologyQuery);
  const node = topology.data?.services.find((s) => s.service === service);
  const red = node?.red ?? query.data?.red;
  return (
    <Page
      title={
        <>
          <HealthMark health={node?.health ?? query.data?.health ?? "unknown"} size={14} />
          {service}
          <ContractMark service={service} />
        </>
      }
      summary={
        red &&
        t("service.summary", {
          rate: plain(rate(red.rate)),
          errors: plain(share(red.rate ? red.errorShare : null)),
        })
      }
      tabs={<ServiceTabs service={service} current={tab} />}
    >
      <Loaded query={query}>{(detail) => <TabBody detail={detail} tab={tab} />}</Loaded>
    </Page>
  );
}

function ServiceTabs({ service, current }: { service: string; current: ServiceTab }) {
  return (
    <Tabs label={t("service.tabs")}>
      {SERVICE_TABS.map((tab) => (
        <Link
          key={tab}
          to="/services/$service/$tab"
          params={{ service, tab }}
          aria-current={tab === current ? "page" : undefined}
        >
          {t(`service.${tab}`)}
        </Link>
      ))}
      <Link to="/invoke" search={{ service }} data-elsewhere>
        {t("invoke.open")}
      </Link>
      <Link to="/topology" search={{ select: service }} data-elsewhere>
        {t("service.onMap")}
      </Link>
    </Tabs>
  );
}

function TabBody({ detail, tab }: { detail: ServiceDetail; tab: ServiceTab }) {
  switch (tab) {
    case "instances":
      return <InstancesTab service={detail.service} />;
    case "methods":
      return <MethodsTab service={detail.service} />;
    case "api":
      return <ApiTab service={detail.service} />;
    case "policy":
      return <PolicyTab service={detail.service} />;
    default:
      return <OverviewTab detail={detail} />;
  }
}
