import { NativeSelect, TextInput } from "@mantine/core";
import { t } from "@/lib/i18n";
import css from "./ReasonFields.module.css";

export interface Reason {
  reason: string;
  ttlSeconds: number | null;
}

const TTLS = [300, 900, 3_600, 14_400, 86_400] as const;

interface ReasonFieldsProps {
  value: Reason;
  onChange: (value: Reason) => void;
  autoFocus?: boolean;
  /** False for what does not expire, such as a policy. */
  expires?: boolean;
}

/** Why, and for how long: asked for whatever changes traffic. */
export function ReasonFields({ value, onChange, autoFocus = false, expires = true }: ReasonFieldsProps) {
  return (
    <div className={css.fields} data-expires={expires}>
      <TextInput
        label={t("control.reason")}
        placeholder={t("control.reasonHint")}
        value={value.reason}
        maxLength={200}
        data-autofocus={autoFocus || undefined}
        onChange={(event) => onChange({ ...value, reason: event.currentTarget.value })}
      />
      {expires && (
        <NativeSelect
          label={t("control.expires")}
          value={value.ttlSeconds ?? 0}
          onChange={(event) => onChange({ ...value, ttlSeconds: Number(event.currentTarget.value) || null })}
          data={[
            ...TTLS.map((ttl) => ({ value: String(ttl), label: ttlLabel(ttl) })),
            { value: "0", label: t("control.never") },
          ]}
        />
      )}
    </div>
  );
}

function ttlLabel(seconds: number): string {
  return seconds < 3_600 ? t("time.minutes", { n: seconds / 60 }) : t("time.hours", { n: seconds / 3_600 });
}
