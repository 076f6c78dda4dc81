import { Ago } from "@/components/ui/Ago";
import { Panel } from "@/components/ui/Panel";
import { Tag } from "@/components/ui/Tag";
import type { WebhookState } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import css from "./AlertsPage.module.css";

/** Whether anybody outside is told. */
export function WebhookPanel({ webhook }: { webhook: WebhookState }) {
  return (
    <Panel title={t("alerts.webhook")} hint={t("alerts.webhookHint")}>
      {webhook.configured ? (
        <State webhook={webhook} />
      ) : (
        <p className={css.detail}>{t("alerts.noWebhook")}</p>
      )}
    </Panel>
  );
}

function State({ webhook }: { webhook: WebhookState }) {
  const failing = webhook.failures > 0;
  return (
    <dl className={css.facts}>
      <dt>{t("alerts.target")}</dt>
      <dd className="mono">{webhook.target}</dd>
      <dt>{t("alerts.state")}</dt>
      <dd>
        <Tag tone={failing ? "bad" : "ok"}>
          {failing ? t("alerts.failures", { n: webhook.failures }) : t("alerts.well")}
        </Tag>{" "}
        {webhook.waiting > 0 && t("alerts.waiting", { n: webhook.waiting })}
      </dd>
      <dt>{t("alerts.delivered")}</dt>
      <dd>
        {webhook.delivered}
        {webhook.lastSuccess && (
          <>
            {" · "}
            <Ago at={webhook.lastSuccess} />
          </>
        )}
      </dd>
      {webhook.lastFailure && (
        <>
          <dt>{t("alerts.lastFailure")}</dt>
          <dd>
            <Ago at={webhook.lastFailure} />: {webhook.lastError}
          </dd>
        </>
      )}
    </dl>
  );
}
