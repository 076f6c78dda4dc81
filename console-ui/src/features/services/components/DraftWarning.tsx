import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { draftAudienceQuery } from "@/lib/api/queries";
import { t } from "@/lib/i18n";
import css from "./PolicyTab.module.css";

const PAUSE_MILLIS = 400;

/** Says before a policy is saved which processes are too old to know parts of it. */
export function DraftWarning({ service, draft }: { service: string; draft: Record<string, unknown> }) {
  const [settled] = useDebouncedValue(JSON.stringify(draft), PAUSE_MILLIS);
  const { data } = useQuery(draftAudienceQuery(service, JSON.parse(settled)));
  if (!data || data.unknown.length === 0) return null;
  return (
    <ul className={css.conflict} role="status">
      {data.unknown.map(({ field, processes, examples }) => (
        <li key={field}>
          {t("policy.unknown", { n: processes, total: data.processes, field, examples: examples.join(", ") })}
        </li>
      ))}
    </ul>
  );
}
