import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Panel } from "@/components/ui/Panel";
import { Loaded } from "@/components/ui/States";
import { Tag } from "@/components/ui/Tag";
import { effectivePolicyQuery, methodsQuery } from "@/lib/api/queries";
import type { EffectiveField } from "@/lib/api/types";
import { shortMethod } from "@/lib/format/id";
import { t } from "@/lib/i18n";
import { valueText } from "../model/policyText";

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
        {({ fields }) => (
          <table className="grid">
            <thead>
              <tr>
                <th scope="col">{t("policy.field")}</th>
                <th scope="col">{t("policy.value")}</th>
                <th scope="col">{t("policy.from")}</th>
              </tr>
            </thead>
            <tbody>
              {fields.map((field) => (
                <FieldRow key={field.field} field={field} />
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </Panel>
  );
}

function FieldRow({ field }: { field: EffectiveField }) {
  return (
    <tr>
      <th scope="row" className="mono">
        {field.field}
      </th>
      <td className="mono wide">
        {valueText(field.value)}
        {field.callers.map(({ caller, value }) => (
          <div key={caller} className="quiet">
            {t("policy.ofCaller", { caller, value: valueText(value) })}
          </div>
        ))}
      </td>
      <td>
        <Tag tone={field.from === "default" ? "neutral" : "forced"}>{t(`policy.from.${field.from}`)}</Tag>
      </td>
    </tr>
  );
}
