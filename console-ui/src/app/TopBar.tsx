import { useQuery } from "@tanstack/react-query";
import { Icon } from "@/components/ui/Icon";
import { sessionQuery, systemQuery } from "@/lib/api/queries";
import { clock } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { useLive, useLiveStream } from "@/lib/live/context";
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
        {system.data && !system.data.registry.connected && (
          <span className={css.registry} title={system.data.registry.detail}>
            <Icon name="warn" size={13} />
            {t("shell.registryDown")}
          </span>
        )}
        <LiveSwitch />
        <Preferences />
      </div>
    </header>
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
