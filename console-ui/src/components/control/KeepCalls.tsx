import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CommandLine } from "@/components/ui/CommandLine";
import { Panel } from "@/components/ui/Panel";
import { ErrorNote } from "@/components/ui/States";
import { curlCommand, keepCalls } from "@/lib/api/changes";
import { segment } from "@/lib/api/client";
import { methodsQuery, serviceQuery } from "@/lib/api/queries";
import { useMaySteer } from "@/lib/api/rights";
import type { KeepRequest } from "@/lib/api/types";
import { shortMethod } from "@/lib/format/id";
import { span } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import css from "./KeepCalls.module.css";
import { KeptCallers } from "./KeptCallers";
import { useChange } from "./useChange";

const SECONDS = [30, 60, 300, 900, 3_600];

/** "Keep every call of caller X for 60 s": what is in force with its proof, and a new order. */
export function KeepCalls({ service }: { service: string }) {
  const { data: detail } = useQuery(serviceQuery(service));
  const callers = detail?.callers ?? [];
  const steers = useMaySteer()(service);
  return (
    <Panel title={t("keep.title")} hint={t("keep.hint")}>
      <KeptCallers service={service} />
      {callers.length === 0
        ? detail && <p className={css.quiet}>{t("keep.noCallers", { service })}</p>
        : steers && <OrderForm service={service} callers={callers} />}
    </Panel>
  );
}

function OrderForm({ service, callers }: { service: string; callers: string[] }) {
  const { data: methods = [] } = useQuery(methodsQuery(service));
  const [order, setOrder] = useState<KeepRequest>({ caller: callers[0] ?? "", seconds: 60, reason: "" });
  const body: KeepRequest = { ...order, reason: order.reason.trim() };
  const change = useChange({
    change: (wanted: KeepRequest) => keepCalls(service, wanted),
    onDone: () => setOrder({ ...order, reason: "" }),
  });
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(body);
      }}
    >
      <div className={css.fields}>
        <NativeSelect
          label={t("keep.caller")}
          value={order.caller}
          onChange={(event) => setOrder({ ...order, caller: event.currentTarget.value })}
          data={callers}
        />
        <NativeSelect
          label={t("keep.method")}
          value={order.method ?? ""}
          onChange={(event) => setOrder(ofMethod(order, event.currentTarget.value))}
          data={[
            { value: "", label: t("keep.all") },
            ...methods.map(({ method }) => ({ value: method, label: shortMethod(method) })),
          ]}
        />
        <NativeSelect
          label={t("keep.for")}
          value={String(order.seconds)}
          onChange={(event) => setOrder({ ...order, seconds: Number(event.currentTarget.value) })}
          data={SECONDS.map((n) => ({ value: String(n), label: span(n * 1_000) }))}
        />
        <TextInput
          label={t("control.reason")}
          placeholder={t("control.reasonHint")}
          value={order.reason}
          maxLength={200}
          onChange={(event) => setOrder({ ...order, reason: event.currentTarget.value })}
        />
        <Button type="submit" loading={change.isPending} disabled={!body.caller || !body.reason}>
          {t("keep.do")}
        </Button>
      </div>
      {change.error && <ErrorNote error={change.error} />}
      <details className={css.command}>
        <summary>{t("control.command")}</summary>
        <CommandLine command={curlCommand("POST", `/services/${segment(service)}/telemetry/keep`, body)} />
      </details>
    </form>
  );
}

/** All methods are said by naming none. */
function ofMethod({ method: _, ...order }: KeepRequest, method: string): KeepRequest {
  return method ? { ...order, method } : order;
}
