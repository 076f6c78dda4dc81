import { Outlet } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "@/lib/i18n";
import { useLive } from "@/lib/live/context";
import { LiveProvider } from "./LiveProvider";
import { Rail } from "./Rail";
import css from "./Shell.module.css";
import { StaleBanner } from "./StaleBanner";
import { TopBar } from "./TopBar";

const STORED = "clearspan.rail";
const NARROW = 1180;

export function Shell() {
  return (
    <LiveProvider>
      <Frame />
    </LiveProvider>
  );
}

function Frame() {
  const [folded, setFolded] = useState(() => {
    const stored = localStorage.getItem(STORED);
    return stored ? stored === "folded" : window.innerWidth < NARROW;
  });
  const { state } = useLive();
  const fold = (next: boolean) => {
    localStorage.setItem(STORED, next ? "folded" : "open");
    setFolded(next);
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
