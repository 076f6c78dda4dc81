import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { HealthMark } from "@/components/ui/HealthMark";
import { Icon } from "@/components/ui/Icon";
import type { Breaker, Topology } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import type { Finding } from "@/lib/system/findings";
import css from "./Vitals.module.css";

type Tone = "ok" | "warn" | "bad" | "forced";

interface VitalsProps {
  topology: Topology;
  failing: number;
  loud: Breaker[];
  troubled: number;
  behind: number;
  found: Finding[];
}

/** Five readings, each a link to its page; only what is wrong has a colour. */
export function Vitals({ topology, failing, loud, troubled, behind, found }: VitalsProps) {
  const services = topology.services.filter(({ kind }) => kind === "service");
  const instances = services.reduce((sum, s) => sum + s.instances.length, 0);
  const forcedOnly = loud.every(({ forced }) => forced !== null);
  return (
    <ul className={css.vitals}>
      <Vital tone={worst(services.map((s) => s.health))} label={t("home.services")} of={services.length}>
        <Link to="/services">{failing ? t("home.failing", { n: failing }) : t("home.allHealthy")}</Link>
      </Vital>
      <Vital
        tone={loud.length === 0 ? "ok" : forcedOnly ? "forced" : "bad"}
        label={t("nav.breakers")}
        of={topology.edges.length}
      >
        <Link to="/breakers">
          {loud.length ? t("home.notClosed", { n: loud.length }) : t("home.allClosed")}
        </Link>
      </Vital>
      <Vital tone={troubled ? "warn" : "ok"} label={t("column.instances")} of={instances}>
        <Link to="/topology">{troubled ? t("home.notServing", { n: troubled }) : t("home.allServing")}</Link>
      </Vital>
      <Vital tone={behind ? "warn" : "ok"} label={t("home.revision")} of={`r${topology.revision}`}>
        <Link to="/audit">{behind ? t("home.behindCount", { n: behind }) : t("home.allApplied")}</Link>
      </Vital>
      <Vital tone={found[0]?.tone ?? "ok"} label={t("home.telemetry")} of={found.length || ""}>
        <Link to="/system">{found[0]?.short ?? t("home.allRecorded")}</Link>
      </Vital>
    </ul>
  );
}

function worst(healths: string[]): Tone {
  if (healths.includes("bad")) return "bad";
  return healths.includes("warn") ? "warn" : "ok";
}

interface VitalProps {
  tone: Tone;
  label: string;
  of: ReactNode;
  children: ReactNode;
}

function Vital({ tone, label, of, children }: VitalProps) {
  return (
    <li className={css.vital} data-tone={tone}>
      <span className={css.label}>
        {label}
        <span className={css.of}>{of}</span>
      </span>
      <span className={css.reading}>
        {tone === "forced" ? <Icon name="hand" /> : <HealthMark health={tone} size={14} />}
        {children}
      </span>
    </li>
  );
}
