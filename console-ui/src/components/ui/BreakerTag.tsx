import type { EdgeBreaker } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { Tag } from "./Tag";

/** The state of a breaker in a table: plain words while it is closed. */
export function BreakerTag({ state }: { state: EdgeBreaker }) {
  if (state === "closed") return <span className="quiet">{t("breaker.closed")}</span>;
  const tone = state === "open" ? "bad" : state === "half_open" ? "warn" : "forced";
  return <Tag tone={tone}>{t(`breaker.${state}`)}</Tag>;
}
