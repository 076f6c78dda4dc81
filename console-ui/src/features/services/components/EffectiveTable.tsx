import { Tag } from "@/components/ui/Tag";
import type { EffectiveField } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { valueText } from "../model/policyText";

/** Each field that has a value, and the layer that won. */
export function EffectiveTable({ fields }: { fields: EffectiveField[] }) {
  return (
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
