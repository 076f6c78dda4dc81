import { Icon } from "@/components/ui/Icon";
import { clock, span } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { useLive } from "@/lib/live/context";
import { useNow } from "@/lib/useNow";
import css from "./StaleBanner.module.css";

export function StaleBanner() {
  const { state, heardAt } = useLive();
  const now = useNow();
  if (state !== "stale") return null;
  const text = heardAt
    ? t("live.staleText", { span: span(now - heardAt), at: clock(new Date(heardAt)) })
    : t("live.neverText");
  return (
    <p className={`${css.banner} hatched`} role="alert">
      <span>
        <Icon name="warn" size={14} />
        {text}
      </span>
    </p>
  );
}
