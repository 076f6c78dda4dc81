import { useQuery } from "@tanstack/react-query";
import { Tag } from "@/components/ui/Tag";
import { serviceDocQuery } from "@/lib/api/queries";
import type { MethodSummary } from "@/lib/api/types";
import { t } from "@/lib/i18n";

interface MethodTagsProps {
  service: string;
  method: MethodSummary;
}

/** Of what kind a method is, and whether it may be repeated: as its contract says, else as its callers report. */
export function MethodTags({ service, method: { method, kind, idempotent } }: MethodTagsProps) {
  const { data: doc } = useQuery(serviceDocQuery(service));
  const said = doc?.services.flatMap(({ methods }) => methods).find((one) => one.method === method);
  const word = said?.kind ?? kind;
  return (
    <>
      {word && <Tag>{word.toLowerCase()}</Tag>}
      {said ? (
        <Tag>{t(`api.idempotency.${said.idempotency}`)}</Tag>
      ) : (
        idempotent && <Tag>{t("service.idempotent")}</Tag>
      )}
    </>
  );
}
