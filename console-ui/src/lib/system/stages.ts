import { type MessageKey, t } from "@/lib/i18n";

const NAMED: Record<string, MessageKey> = {
  overwritten: "recorder.stage.overwritten",
  queue_full: "recorder.stage.queue_full",
  not_taken: "recorder.stage.not_taken",
  oversized: "recorder.stage.oversized",
  other: "recorder.stage.other",
};

/** Where a record was lost, in words; a stage of a newer library by its own name. */
export function stageName(stage: string): string {
  const key = NAMED[stage];
  return key ? t(key) : stage;
}
