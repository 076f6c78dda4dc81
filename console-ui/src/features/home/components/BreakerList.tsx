import { Link } from "@tanstack/react-router";
import { Ago } from "@/components/ui/Ago";
import { Panel } from "@/components/ui/Panel";
import { Tag } from "@/components/ui/Tag";
import type { Breaker } from "@/lib/api/types";
import { shortMethod } from "@/lib/format/id";
import { t } from "@/lib/i18n";
import css from "./HomePage.module.css";
import { Quiet, shown } from "./Quiet";

/** Breakers that are not plainly closed, each a link to its edge. */
export function BreakerList({ breakers }: { breakers: Breaker[] }) {
  const { first, more } = shown(breakers);
  return (
    <Panel title={t("nav.breakers")} hint={t("breakers.loud")}>
      {first.length === 0 ? (
        <Quiet>{t("breakers.calm")}</Quiet>
      ) : (
        <ul className={css.list}>
          {first.map((breaker) => (
            <Row
              key={[breaker.caller, breaker.service, breaker.method, breaker.instance].join()}
              breaker={breaker}
            />
          ))}
          {more > 0 && (
            <li>
              <Link to="/breakers">{t("topology.more", { n: more })}</Link>
            </li>
          )}
        </ul>
      )}
    </Panel>
  );
}

function Row({ breaker }: { breaker: Breaker }) {
  const { caller, service, method, instance, computed, forced, forcedBy, cause } = breaker;
  const since = forcedBy?.since ?? breaker.since;
  const scope = [method && shortMethod(method), instance].filter(Boolean).join(" · ");
  return (
    <li>
      <div className={css.line}>
        <Link to="/topology" search={{ select: `${caller}>${service}` }}>
          {caller} → {service}
        </Link>
        <Tag tone={forced ? "forced" : computed === "OPEN" ? "bad" : "warn"}>
          {forced && `${t("breakers.forced")} `}
          {t(`breakers.state.${forced ?? computed}`)}
        </Tag>
        {since && (
          <span className={`${css.detail} ${css.push}`}>
            <Ago at={since} />
          </span>
        )}
      </div>
      <p className={css.detail}>
        {[scope || t("breakers.all"), forcedBy ? `${forcedBy.author}: ${forcedBy.reason}` : cause]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </li>
  );
}
