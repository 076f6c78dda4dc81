import { NativeSelect, NumberInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { serviceDocQuery, servicesQuery } from "@/lib/api/queries";
import { t } from "@/lib/i18n";
import { methodsOf } from "../model/methods";
import { DEFAULT_DEADLINE, type InvokeSearch, LONGEST_DEADLINE } from "../search";
import css from "./InvokePage.module.css";

const route = getRouteApi("/shell/invoke");
const NONE = { value: "", label: "–" };

/** Service, method, instance, deadline: all of it in the link. */
export function Choices() {
  const { service, method, instance, deadline } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: services = [] } = useQuery(servicesQuery);
  const { data: doc } = useQuery({ ...serviceDocQuery(service ?? ""), enabled: service !== undefined });
  const set = (change: Partial<InvokeSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const instances = doc?.versions.flatMap((version) => version.instances) ?? [];
  return (
    <search className={css.choices}>
      <NativeSelect
        aria-label={t("column.service")}
        value={service ?? ""}
        onChange={(event) =>
          set({ service: event.currentTarget.value || undefined, method: undefined, instance: undefined })
        }
        data={[NONE, ...services.map((one) => one.service)]}
      />
      <NativeSelect
        aria-label={t("invoke.method")}
        disabled={!doc}
        value={method ?? ""}
        onChange={(event) => set({ method: event.currentTarget.value || undefined })}
        data={[NONE, ...(doc ? methodsOf(doc).map((each) => each.method) : [])]}
      />
      <NativeSelect
        aria-label={t("column.instance")}
        disabled={!doc}
        value={instance ?? ""}
        onChange={(event) => set({ instance: event.currentTarget.value || undefined })}
        data={[{ value: "", label: t("invoke.anyInstance") }, ...instances]}
      />
      <NumberInput
        aria-label={t("invoke.deadline")}
        title={t("invoke.deadline")}
        className={css.deadline ?? ""}
        value={deadline ?? DEFAULT_DEADLINE}
        onChange={(value) => set({ deadline: Number(value) || undefined })}
        min={1}
        max={LONGEST_DEADLINE}
        allowDecimal={false}
        suffix=" ms"
        hideControls
      />
    </search>
  );
}
