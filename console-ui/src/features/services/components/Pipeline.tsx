import type { ServiceDetail } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import css from "./OverviewTab.module.css";

/** What each call passes, in order, as the first of these processes reports it. */
export function Pipeline({ pipelines }: { pipelines: ServiceDetail["pipeline"] }) {
  const [first] = pipelines;
  if (!first) return <p>{t("service.noPipeline")}</p>;
  return (
    <>
      <p className={css.process}>
        {t("service.pipelineOf", { process: first.process, n: pipelines.length })}
      </p>
      <ol className={css.pipeline}>
        {first.stages.map((stage) => (
          <li key={stage.name}>
            <b>{stage.name}</b>
            <p>{stage.description}</p>
          </li>
        ))}
      </ol>
    </>
  );
}
