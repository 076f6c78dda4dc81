import { Num } from "@/components/ui/Num";
import { Panel } from "@/components/ui/Panel";
import { Stat, Stats } from "@/components/ui/Stat";
import type { SystemState } from "@/lib/api/types";
import { count, rate } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { Facts } from "./Facts";

/** What processes send, and what of it is lost. */
export function IntakePanel({ intake }: { intake: SystemState["intake"] }) {
  const { spansDropped, spansDroppedPerSecond } = intake;
  const rejected = intake.metricPointsRejected;
  return (
    <Panel title={t("system.intake")} hint={t("system.intakeHint")}>
      <Stats>
        <Stat label={t("system.spansPerSecond")} q={rate(intake.spansPerSecond)} />
        <Stat
          label={t("system.droppedPerSecond")}
          q={rate(spansDroppedPerSecond)}
          tone={spansDroppedPerSecond > 0 ? "bad" : undefined}
        />
        <Stat
          label={t("system.droppedSinceStart")}
          q={count(spansDropped)}
          tone={spansDropped > 0 ? "warn" : undefined}
          title={t("system.droppedMeans")}
        />
        <Stat label={t("system.queue")} q={count(intake.queueDepth)} />
      </Stats>
      <Facts
        facts={[
          [t("system.spansReceived"), <Num key="spans" q={count(intake.spansReceived)} />],
          [t("system.metricPoints"), <Num key="points" q={count(intake.metricPointsReceived)} />],
          [
            t("system.metricPointsRejected"),
            <Num key="rejected" q={count(rejected)} tone={rejected > 0 ? "warn" : undefined} />,
          ],
          [t("system.logsReceived"), <Num key="logs" q={count(intake.logsReceived)} />],
          [
            t("system.logsDropped"),
            <Num
              key="dropped"
              q={count(intake.logsDropped)}
              tone={intake.logsDropped > 0 ? "warn" : undefined}
            />,
          ],
          [
            t("system.rejectedRequests"),
            <Num
              key="requests"
              q={count(intake.rejectedRequests)}
              tone={intake.rejectedRequests > 0 ? "warn" : undefined}
            />,
          ],
          [t("system.truncated"), <Num key="cut" q={count(intake.truncatedValues)} />],
        ]}
      />
    </Panel>
  );
}
