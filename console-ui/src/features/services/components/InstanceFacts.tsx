import { Ago } from "@/components/ui/Ago";
import type { InstanceDetail } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import css from "./InstanceFacts.module.css";

/** Where it runs and what it is. */
export function InstanceFacts({ instance }: { instance: InstanceDetail }) {
  const { host, port, zone, version, libraryVersion, protocols, pid, startedAt, tags } = instance;
  const words = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  return (
    <dl className={css.facts}>
      <dt>{t("instance.address")}</dt>
      <dd className="mono">{`${host}:${port}`}</dd>
      <dt>{t("instance.zone")}</dt>
      <dd>{zone || "–"}</dd>
      <dt>{t("instance.version")}</dt>
      <dd>{version || "–"}</dd>
      <dt>{t("instance.library")}</dt>
      <dd>{libraryVersion ?? "–"}</dd>
      <dt>{t("instance.protocols")}</dt>
      <dd>{protocols.join(", ") || "–"}</dd>
      <dt>{t("instance.pid")}</dt>
      <dd>{pid ?? "–"}</dd>
      <dt>{t("system.started")}</dt>
      <dd>{startedAt ? <Ago at={startedAt} /> : "–"}</dd>
      <dt>{t("instance.tags")}</dt>
      <dd>{words.join(", ") || "–"}</dd>
    </dl>
  );
}
