import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Tag } from "@/components/ui/Tag";
import { contractsQuery } from "@/lib/api/queries";
import { t } from "@/lib/i18n";

/** Says that live versions of a service break each other; nothing while they do not. */
export function ContractMark({ service }: { service: string }) {
  const { data = [] } = useQuery(contractsQuery);
  if (!data.some((report) => report.service === service && report.breaking)) return null;
  return (
    <Link to="/services/$service/$tab" params={{ service, tab: "api" }}>
      <Tag tone="bad" title={t("contract.markHint", { service })}>
        {t("contract.mark")}
      </Tag>
    </Link>
  );
}
