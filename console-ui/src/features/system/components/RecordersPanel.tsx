import { useQuery } from "@tanstack/react-query";
import { Num } from "@/components/ui/Num";
import { Panel } from "@/components/ui/Panel";
import { Stat, Stats } from "@/components/ui/Stat";
import { Empty, Loaded } from "@/components/ui/States";
import { recordersQuery } from "@/lib/api/queries";
import type { ProcessRecorder, RecorderState } from "@/lib/api/types";
import { count, millis, NONE, plain, rate, share } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { stageName } from "@/lib/system/stages";
import css from "./SystemPage.module.css";

const SHOWN = 50;

/** What processes keep of their calls, and what they lose or shed, worst first. */
export function RecordersPanel() {
  const query = useQuery(recordersQuery);
  return (
    <Panel title={t("system.recorders")} hint={t("system.recordersHint")}>
      <Loaded query={query}>
        {(state) =>
          state.processes.length === 0 ? (
            <Empty title={t("recorder.none")}>{t("recorder.noneHint")}</Empty>
          ) : (
            <>
              <Summary state={state} />
              <Processes processes={state.processes} />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

const seconds = (n: number | null) => (n === null ? NONE : millis(n * 1_000));

function Summary({ state }: { state: RecorderState }) {
  const { processes, lostPerSecond, shedding, shortestHorizonSeconds } = state;
  return (
    <Stats>
      <Stat label={t("system.reporting")} q={count(processes.length)} />
      <Stat label={t("system.shortestHorizon")} q={seconds(shortestHorizonSeconds)} />
      <Stat label={t("column.lost")} q={rate(lostPerSecond)} tone={lostPerSecond > 0 ? "bad" : undefined} />
      <Stat label={t("system.sheddingNow")} q={count(shedding)} tone={shedding > 0 ? "warn" : undefined} />
    </Stats>
  );
}

function Processes({ processes }: { processes: ProcessRecorder[] }) {
  return (
    <div className={css.scroll}>
      <table className="grid">
        <thead>
          <tr>
            <th scope="col">{t("column.process")}</th>
            {(["horizon", "produced", "exported", "shed"] as const).map((name) => (
              <th key={name} scope="col" className="right">
                {t(`column.${name}`)}
              </th>
            ))}
            <th scope="col">{t("column.kept")}</th>
            <th scope="col" className="wide">
              {t("column.lost")}
            </th>
          </tr>
        </thead>
        <tbody>
          {processes.slice(0, SHOWN).map((one) => (
            <Process key={`${one.service} ${one.process}`} one={one} />
          ))}
        </tbody>
      </table>
      {processes.length > SHOWN && (
        <p className={css.meterText}>{t("recorder.more", { n: processes.length - SHOWN })}</p>
      )}
    </div>
  );
}

function Process({ one }: { one: ProcessRecorder }) {
  const losing = one.lostPerSecond > 0;
  return (
    <tr>
      <th scope="row" title={one.process}>
        {one.instance || one.service}
      </th>
      <td className="right">
        <Num q={seconds(one.horizonSeconds)} />
      </td>
      <td className="right">
        <Num q={count(one.produced)} />
      </td>
      <td className="right">
        <Num q={count(one.exported)} />
      </td>
      <td className="right">
        <Num
          q={one.shedShare > 0 ? share(one.shedShare) : NONE}
          tone={one.shedShare > 0 ? "warn" : "quiet"}
        />
      </td>
      <td>{listed(one.kept, (reason) => reason)}</td>
      <td className="wide" title={listed(one.lost, stageName)}>
        {losing && <b className={css.losing}>{plain(rate(one.lostPerSecond))} </b>}
        {listed(one.lost, stageName)}
      </td>
    </tr>
  );
}

/** "error 12 · slow 3", the most first. */
function listed(counts: Record<string, number>, name: (word: string) => string): string {
  const words = Object.entries(counts)
    .filter(([, n]) => n > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([word, n]) => `${name(word)} ${plain(count(n))}`);
  return words.join(" · ") || "–";
}
