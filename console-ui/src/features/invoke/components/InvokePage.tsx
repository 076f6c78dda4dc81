import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Page } from "@/components/ui/Page";
import { Empty, Loaded } from "@/components/ui/States";
import { serviceDocQuery } from "@/lib/api/queries";
import type { ServiceDoc } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { methodsOf } from "../model/methods";
import { CallForm } from "./CallForm";
import { Choices } from "./Choices";

const route = getRouteApi("/shell/invoke");

/** Calls a method: what is sent on the left, what came back on the right, what was sent before below. */
export function InvokePage() {
  const { service } = route.useSearch();
  return (
    <Page title={t("nav.invoke")} summary={t("invoke.summary")} actions={<Choices />}>
      {service ? <OfService service={service} /> : <Unchosen />}
    </Page>
  );
}

function Unchosen() {
  return <Empty title={t("invoke.choose")}>{t("invoke.chooseHint")}</Empty>;
}

function OfService({ service }: { service: string }) {
  const query = useQuery(serviceDocQuery(service));
  return <Loaded query={query}>{(doc) => <OfMethod doc={doc} />}</Loaded>;
}

function OfMethod({ doc }: { doc: ServiceDoc }) {
  const { method: name } = route.useSearch();
  if (!name) return <Unchosen />;
  const method = methodsOf(doc).find((each) => each.method === name);
  return method ? (
    <CallForm key={`${doc.service} ${method.method}`} doc={doc} method={method} />
  ) : (
    <Empty title={t("invoke.noMethod", { service: doc.service, method: name })}>
      {t("invoke.noMethodHint")}
    </Empty>
  );
}
