import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Panel } from "@/components/ui/Panel";
import { Loaded } from "@/components/ui/States";
import { effectivePolicyQuery, methodsQuery } from "@/lib/api/queries";
import { shortMethod } from "@/lib/format/id";
import { t } from "@/lib/i18n";
import { EffectiveTable } from "./EffectiveTable";

/** What holds for a method's calls, and whether method, service, code or default says so. */
export function EffectivePanel({ service, revision }: { service: string; revision: number }) {
  const [method, setMethod] = useState("");
  const { data: methods = [] } = useQuery(methodsQuery(service));
  const query = useQuery(effectivePolicyQuery(service, method, revision));
  return (
    <Panel
      title={t("policy.effective")}
      hint={t("policy.effectiveHint")}
      actions={
        <NativeSelect
          size="xs"
          aria-label={t("policy.method")}
          value={method}
          onChange={(event) => setMethod(event.currentTarget.value)}
          data={[
            { value: "", label: t("policy.anyMethod") },
            ...methods.map((it) => ({ value: it.method, label: shortMethod(it.method) })),
          ]}
        />
      }
      flush
    >
      <Loaded query={query} rows={6}>
        {({ fields }) => <EffectiveTable fields={fields} />}
      </Loaded>
    </Panel>
  );
}
