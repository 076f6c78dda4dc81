import { useMediaQuery } from "@mantine/hooks";
import { Outlet } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "@/lib/i18n";
import { useLiveState } from "@/lib/live/context";
import { LiveProvider } from "./LiveProvider";
import { Rail } from "./Rail";
import css from "./Shell.module.css";
import { StaleBanner } from "./StaleBanner";
import { TopBar } from "./TopBar";

const STORED = "clearspan.rail";
/** Folded there, unless somebody has chosen. */
const NARROW = "(max-width: 1180px)";

export function Shell() {
  return (
    <LiveProvider>
      <Frame />
    </LiveProvider>
  );
}

function Frame() {
  const [chosen, setChosen] = useState(() => localStorage.getItem(STORED));
  const narrow = useMediaQuery(NARROW, window.matchMedia(NARROW).matches);
  const folded = chosen ? chosen === "folded" : narrow;
  const state = useLiveState();
  const fold = (next: boolean) => {
    const word = next ? "folded" : "open";
    localStorage.setItem(STORED, word);
    setChosen(word);
  };
  return (
    <div className={css.shell} data-folded={folded}>
      <a href="#content" className={css.skip}>
        {t("shell.skip")}
      </a>
      <Rail folded={folded} onFold={fold} />
      <div className={css.column}>
        <TopBar />
        <StaleBanner />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard */}
        <main id="content" className={css.main} data-live={state} tabIndex={0}>
          <Outlet />
        </main>
      </div>
    </div>
  );
}
