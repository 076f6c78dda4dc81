import { Button, NumberInput, Slider } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { InstanceAction } from "@/components/control/InstanceActionDialog";
import { Ago } from "@/components/ui/Ago";
import { Num } from "@/components/ui/Num";
import { ShareBars } from "@/components/ui/ShareBars";
import { Tag } from "@/components/ui/Tag";
import type { InstanceDetail } from "@/lib/api/types";
import { millis, rate, share } from "@/lib/format/quantity";
import { until } from "@/lib/format/time";
import { t } from "@/lib/i18n";
import { errorTone, INSTANCE_TONES } from "@/lib/tone";
import { useNow } from "@/lib/useNow";
import { isWeight, MAX_WEIGHT } from "@/lib/weight";
import { SLIDER_MAX } from "../model/weights";
import css from "./InstanceRow.module.css";

interface InstanceRowProps {
  instance: InstanceDetail;
  /** False for who may only look. */
  steers: boolean;
  draft: number | undefined;
  draftShare: number | undefined;
  onDraft: (weight: number) => void;
  onAction: (action: InstanceAction) => void;
}

export function InstanceRow({ instance, steers, draft, draftShare, onDraft, onAction }: InstanceRowProps) {
  const { red } = instance;
  return (
    <tr data-state={instance.state}>
      <th scope="row">
        <Identity instance={instance} />
      </th>
      <td>
        {steers ? (
          <WeightControl instance={instance} draft={draft} onDraft={onDraft} />
        ) : (
          <WeightWords instance={instance} />
        )}
      </td>
      <td>
        <ShareBars weights={instance.weight} draftShare={draftShare} />
      </td>
      <td className="right">
        <Num q={rate(red.rate)} />
      </td>
      <td className="right">
        <Num q={share(red.rate ? red.errorShare : null)} tone={errorTone(red)} />
      </td>
      <td className={`right ${css.roomy}`}>
        <Num q={millis(red.p99Millis)} />
      </td>
      <td className="right">{steers && <Actions instance={instance} onAction={onAction} />}</td>
    </tr>
  );
}

function Identity({ instance }: { instance: InstanceDetail }) {
  const { id, state, unreachable, host, port, zone, version } = instance;
  return (
    <div className={css.identity}>
      <span className={css.name}>
        <Link to="/instances/$instance" params={{ instance: id }}>
          {id}
        </Link>
        {state !== "up" && <Tag tone={INSTANCE_TONES[state]}>{t(`instance.${state}`)}</Tag>}
      </span>
      <span className={css.detail}>
        {[`${host}:${port}`, zone && t("instances.zone", { zone }), version].filter(Boolean).join(" · ")}
      </span>
      {unreachable && (
        <span className={css.trouble}>
          {t("instances.reported", { reporters: unreachable.reporters, callers: unreachable.callers })}{" "}
          <Ago at={unreachable.since} />: {unreachable.cause}
        </span>
      )}
    </div>
  );
}

function WeightControl({
  instance,
  draft,
  onDraft,
}: Pick<InstanceRowProps, "instance" | "draft" | "onDraft">) {
  const { id, weight } = instance;
  const value = draft ?? weight.configured;
  const disabled = instance.state === "gone";
  return (
    <div className={css.weight} data-draft={draft !== undefined}>
      <Slider
        className={css.slider}
        size="sm"
        label={null}
        min={0}
        max={Math.max(SLIDER_MAX, weight.base * 2)}
        step={5}
        value={value}
        disabled={disabled}
        onChange={onDraft}
        thumbLabel={t("instances.sliderOf", { id })}
      />
      <NumberInput
        className={css.number}
        aria-label={t("instances.weightOf", { id })}
        min={0}
        max={MAX_WEIGHT}
        allowDecimal={false}
        clampBehavior="strict"
        hideControls
        value={value}
        disabled={disabled}
        onChange={(next) => {
          if (isWeight(next)) onDraft(next);
        }}
      />
      <Override instance={instance} />
    </div>
  );
}

function WeightWords({ instance }: { instance: InstanceDetail }) {
  return (
    <div className={css.identity}>
      <span>{instance.weight.configured}</span>
      <Override instance={instance} />
    </div>
  );
}

function Override({ instance }: { instance: InstanceDetail }) {
  const now = useNow();
  const { control, weight } = instance;
  if (!control) return <span className={css.base}>{t("instances.base", { base: weight.base })}</span>;
  const expires = control.expiresAt ? t("control.expiresIn", { span: until(control.expiresAt, now) }) : null;
  return (
    <span className={css.base} title={control.reason}>
      {[t("instances.base", { base: weight.base }), control.author, expires].filter(Boolean).join(" · ")}
    </span>
  );
}

function Actions({ instance, onAction }: Pick<InstanceRowProps, "instance" | "onAction">) {
  const { control, id, state } = instance;
  const there = state !== "gone";
  const button = (action: InstanceAction) => (
    <Button
      key={action}
      size="compact-xs"
      variant="default"
      aria-label={t("instances.actionOf", { action: t(`instances.do.${action}`), id })}
      onClick={() => onAction(action)}
    >
      {t(`instances.do.${action}`)}
    </Button>
  );
  return (
    <div className={css.actions}>
      {there && !control?.drain && button("drain")}
      {there && !control?.eject && button("eject")}
      {control && button("lift")}
    </div>
  );
}
