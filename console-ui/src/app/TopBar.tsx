import { useQuery } from "@tanstack/react-query";
import { Icon } from "@/components/ui/Icon";
import { sessionQuery, systemQuery } from "@/lib/api/queries";
import type { SystemState } from "@/lib/api/types";
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
        {system.data && <RegistryTrouble system={system.data} />}
        <LiveSwitch />
        <Preferences />
      </div>
    </header>
  );
}

/** The registry is out of reach, or holds values that nobody could take. */
function RegistryTrouble({ system: { registry, ignoredRegistryValues } }: { system: SystemState }) {
  if (registry.connected && ignoredRegistryValues.length === 0) return null;
  const ignored = ignoredRegistryValues.map(({ key, reason }) => `${key}: ${reason}`).join("\n");
  return (
    <span className={css.registry} title={registry.connected ? ignored : registry.detail}>
      <Icon name="warn" size={13} />
      {registry.connected
        ? t("shell.ignoredValues", { n: ignoredRegistryValues.length })
        : t("shell.registryDown")}
    </span>
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
