import { Button, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState } from "react";
import { Icon } from "@/components/ui/Icon";
import { topologyPastQuery } from "@/lib/api/queries";
import type { PastMoment } from "@/lib/api/types";
import { plain, rate, share } from "@/lib/format/quantity";
import { ago, clock } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { useNow } from "@/lib/useNow";
import { columnsOf, indexOf, momentAt, SPEEDS, stepsOf } from "../model/replay";
import css from "./TimeBar.module.css";

const route = getRouteApi("/shell/topology");
const SECOND = 1_000;

/** The last 15 minutes under the map: drawn as they went, and a handle to go back to any moment of them. */
export function TimeBar() {
  const { at } = route.useSearch();
  const navigate = route.useNavigate();
  const { data } = useQuery(topologyPastQuery);
  const moments = data?.moments ?? [];
  const every = data?.everySeconds ?? 10;
  const linked = indexOf(moments, at);
  // The link follows a moment later than keys that are held down.
  const [ahead, setAhead] = useState<number | null>(null);
  const index = ahead ?? linked;
  useEffect(() => {
    if (ahead === linked) setAhead(null);
  }, [ahead, linked]);
  const go = useCallback(
    (to: number) => {
      setAhead(to);
      void navigate({ search: (s) => ({ ...s, at: momentAt(moments, to) }), replace: true });
    },
    [navigate, moments],
  );
  if (moments.length === 0) return null;
  return (
    <section className={css.bar} aria-label={t("replay.title")} data-replay={at !== undefined}>
      <Play index={index} count={moments.length} everySeconds={every} onGo={go} />
      <div className={css.line}>
        <Columns moments={moments} index={index} />
        <input
          type="range"
          className={css.range}
          aria-label={t("replay.moment")}
          aria-valuetext={wordsOf(moments[Math.max(0, index)])}
          min={0}
          max={moments.length}
          step={1}
          value={Math.max(0, index)}
          onChange={(event) => go(Number(event.currentTarget.value))}
          onKeyDown={(event) => {
            const steps = stepsOf(event.key, event.shiftKey, every);
            if (steps === null) return;
            event.preventDefault();
            go(Math.min(moments.length, Math.max(0, index + steps)));
          }}
        />
      </div>
      <Shown moment={index < moments.length ? moments[Math.max(0, index)] : undefined} />
      <Button variant={at ? "filled" : "default"} disabled={!at} onClick={() => go(moments.length)}>
        {t("replay.live")}
      </Button>
    </section>
  );
}

interface PlayProps {
  index: number;
  count: number;
  everySeconds: number;
  onGo: (index: number) => void;
}

/** Lets the past run on, from where it is shown or from its beginning, until it is the present. */
function Play({ index, count, everySeconds, onGo }: PlayProps) {
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<number>(SPEEDS[1]);
  useEffect(() => {
    if (!playing) return;
    if (index >= count) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => onGo(index + 1), (everySeconds * SECOND) / speed);
    return () => clearTimeout(timer);
  }, [playing, index, count, everySeconds, speed, onGo]);
  const toggle = () => {
    if (!playing && index >= count) onGo(0);
    setPlaying(!playing);
  };
  return (
    <div className={css.play}>
      <button
        type="button"
        className={css.button}
        aria-label={t(playing ? "replay.pause" : "replay.play")}
        onClick={toggle}
      >
        <Icon name={playing ? "pause" : "play"} />
      </button>
      <SegmentedControl
        size="xs"
        aria-label={t("replay.speed")}
        value={String(speed)}
        onChange={(next) => setSpeed(Number(next))}
        data={SPEEDS.map((it) => ({ value: String(it), label: `${it}×` }))}
      />
    </div>
  );
}

function Columns({ moments, index }: { moments: PastMoment[]; index: number }) {
  const columns = useMemo(() => columnsOf(moments), [moments]);
  return (
    <div className={css.columns} aria-hidden="true">
      {columns.map(({ at, height, failed, trouble }, i) => (
        <span key={at} className={css.column} data-shown={i === index} data-trouble={trouble}>
          <span className={css.calls} style={{ blockSize: `${height * 100}%` }}>
            <span className={css.failed} style={{ blockSize: `${failed * 100}%` }} />
          </span>
        </span>
      ))}
    </div>
  );
}

/** Which moment it is, and how it stood; said aloud when it changes. */
function Shown({ moment }: { moment: PastMoment | undefined }) {
  const now = useNow();
  return (
    <p className={css.shown} role="status">
      {moment ? (
        <>
          <b>{t("replay.of", { time: clock(new Date(moment.at)) })}</b> <span>{ago(moment.at, now)}</span>
        </>
      ) : (
        t("replay.now")
      )}
    </p>
  );
}

function wordsOf(moment: PastMoment | undefined): string {
  if (!moment) return t("replay.now");
  return t("replay.words", {
    time: clock(new Date(moment.at)),
    rate: plain(rate(moment.rate)),
    errors: plain(share(moment.errorShare)),
    notUp: moment.notUp,
    breakers: moment.breakers,
  });
}
