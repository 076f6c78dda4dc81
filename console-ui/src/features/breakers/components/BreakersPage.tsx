import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ForceBreakerDialog, type ForceTarget } from "@/components/control/ForceBreakerDialog";
import { RecentChanges } from "@/components/control/RecentChanges";
import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { Empty, Loaded } from "@/components/ui/States";
import { breakersQuery } from "@/lib/api/queries";
import type { Breaker } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { countLoud, keyOf, wall } from "../model/wall";
import css from "./BreakersPage.module.css";
import { BreakerTile } from "./BreakerTile";

export function BreakersPage() {
  const query = useQuery(breakersQuery);
  const [target, setTarget] = useState<ForceTarget | null>(null);
  return (
    <Page title={t("nav.breakers")} summary={query.data && summary(query.data)}>
      <Loaded query={query}>
        {(breakers) =>
          breakers.length === 0 ? (
            <Panel title={t("nav.breakers")}>
              <Empty title={t("breakers.none")}>{t("breakers.noneHint")}</Empty>
            </Panel>
          ) : (
            <Wall breakers={breakers} onForce={setTarget} />
          )
        }
      </Loaded>
      <Panel title={t("changes.title")} hint={t("changes.hint")}>
        <RecentChanges limit={4} />
      </Panel>
      {target && <ForceBreakerDialog target={target} onClose={() => setTarget(null)} />}
    </Page>
  );
}

function summary(breakers: Breaker[]): string {
  const { open, halfOpen, forced } = countLoud(breakers);
  return open + halfOpen + forced === 0
    ? t("breakers.calm")
    : t("breakers.summary", { open, halfOpen, forced });
}

function Wall({ breakers, onForce }: { breakers: Breaker[]; onForce: (target: ForceTarget) => void }) {
  const { loud, quiet } = wall(breakers);
  return (
    <>
      <Tiles title={t("breakers.loud")} breakers={loud} onForce={onForce} />
      <Tiles title={t("breakers.quiet")} breakers={quiet} onForce={onForce} />
    </>
  );
}

interface TilesProps {
  title: string;
  breakers: Breaker[];
  onForce: (target: ForceTarget) => void;
}

function Tiles({ title, breakers, onForce }: TilesProps) {
  if (breakers.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className={css.heading}>
        {title} <span>{breakers.length}</span>
      </h2>
      <div className={css.tiles}>
        {breakers.map((breaker) => (
          <BreakerTile key={keyOf(breaker)} breaker={breaker} onForce={onForce} />
        ))}
      </div>
    </section>
  );
}
