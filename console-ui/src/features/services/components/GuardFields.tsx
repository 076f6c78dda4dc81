import { Checkbox, NativeSelect, NumberInput } from "@mantine/core";
import { span } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { type GuardDraft, USUAL_GUARD } from "../model/guard";
import css from "./Trial.module.css";

const SECONDS = [30, 60, 300, 900];

interface GuardFieldsProps {
  value: GuardDraft | null;
  onChange: (value: GuardDraft | null) => void;
}

/** Whether a change goes back by itself, and when. */
export function GuardFields({ value, onChange }: GuardFieldsProps) {
  const set = (part: Partial<GuardDraft>) => value && onChange({ ...value, ...part });
  return (
    <fieldset className={css.guard}>
      <Checkbox
        label={t("guard.on")}
        description={t("guard.onHint")}
        checked={value !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? USUAL_GUARD : null)}
      />
      {value && (
        <div className={css.limits}>
          <NumberInput
            label={t("guard.errors")}
            placeholder={t("guard.notWatched")}
            suffix=" %"
            min={0.01}
            max={99}
            hideControls
            value={value.errorPercent ?? ""}
            onChange={(next) => set({ errorPercent: typeof next === "number" && next > 0 ? next : null })}
          />
          <NumberInput
            label={t("guard.p99")}
            placeholder={t("guard.notWatched")}
            suffix=" ms"
            min={1}
            max={3_600_000}
            hideControls
            value={value.p99Millis ?? ""}
            onChange={(next) => set({ p99Millis: typeof next === "number" && next > 0 ? next : null })}
          />
          <NativeSelect
            label={t("guard.for")}
            value={String(value.seconds)}
            onChange={(event) => set({ seconds: Number(event.currentTarget.value) })}
            data={SECONDS.map((n) => ({ value: String(n), label: span(n * 1_000) }))}
          />
        </div>
      )}
    </fieldset>
  );
}
