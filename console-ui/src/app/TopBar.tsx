import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Icon } from "@/components/ui/Icon";
import { sessionQuery, systemQuery } from "@/lib/api/queries";
import type { SystemState } from "@/lib/api/types";
import { clock } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { useLive, useLiveStream } from "@/lib/live/context";
import { findings } from "@/lib/system/findings";
import { Preferences } from "./Preferences";
import { SearchBox } from "./SearchBox";
import css from "./TopBar.module.css";

export function TopBar() {
  const session = useQuery(sessionQuery);
  const system = useQuery(systemQuery);
  const env = system.data?.env ?? session.data?.env ?? "";
  return (
    <header className={css.bar}>
      <span className={css.env} title={t("shell.env")}>
        {env}
      </span>
      <SearchBox />
      <div className={css.right}>
        {system.data && <SystemTrouble system={system.data} />}
        <LiveSwitch />
        <Preferences />
      </div>
    </header>
  );
}

/** The worst that is wrong with the console itself; the rest is on its page. */
function SystemTrouble({ system }: { system: SystemState }) {
  const found = findings(system);
  const [worst] = found;
  if (!worst) return null;
  return (
    <Link
      to="/system"
      className={css.trouble}
      data-tone={worst.tone}
      title={found.map(({ text }) => text).join("\n")}
    >
      <Icon name={worst.tone} size={13} />
      {worst.short}
    </Link>
  );
}

/** Says how fresh the view is; a click freezes it or lets it run on. */
function LiveSwitch() {
  const stream = useLiveStream();
  const { state, heardAt } = useLive();
  const paused = state === "paused";
  const at = heardAt ? clock(new Date(heardAt)) : "";
  return (
    <button
      type="button"
      className={css.live}
      data-state={state}
      title={heardAt ? t("live.heard", { at }) : undefined}
      aria-label={t(paused ? "live.resume" : "live.pause", { state: t(`live.${state}`) })}
      onClick={() => (paused ? stream.resume() : stream.pause())}
    >
      <i className={css.pulse} aria-hidden="true" />
      {t(`live.${state}`)}
      <Icon name={paused ? "play" : "pause"} size={12} />
    </button>
  );
}
