import { ErrorNote } from "@/components/ui/States";
import { ApiError } from "@/lib/api/client";
import { countdown } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { useNow } from "@/lib/useNow";
import css from "./Entrance.module.css";

/** Milliseconds until the server looks at another try; 0: at once. */
export function useWait(error: Error | null): number {
  const now = useNow();
  const retryAt = error instanceof ApiError && error.status === 429 ? error.retryAt : null;
  return retryAt === null ? 0 : Math.max(0, retryAt - now);
}

/** Why one was not let in; who has to wait sees for how long. */
export function Refusal({ error }: { error: Error }) {
  const wait = useWait(error);
  if (!(error instanceof ApiError) || error.status !== 429 || error.retryAt === null)
    return <ErrorNote error={error} />;
  return (
    <div className={css.wait} data-over={wait === 0}>
      <p role="alert">{t("session.waitTitle")}</p>
      <p>{wait > 0 ? t("session.wait", { time: countdown(wait) }) : t("session.waitOver")}</p>
    </div>
  );
}
