export const MAX_WEIGHT = 10_000;

/** Whether the server takes this for the weight of an instance. */
export const isWeight = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_WEIGHT;
