export interface InvokeSearch {
  service?: string | undefined;
  method?: string | undefined;
  instance?: string | undefined;
  /** Milliseconds. */
  deadline?: number | undefined;
}

export const DEFAULT_DEADLINE = 5_000;
export const LONGEST_DEADLINE = 60_000;

/** Every choice is in the link; what is sent never is. */
export function invokeSearch(raw: Record<string, unknown>): InvokeSearch {
  const text = (value: unknown) => (typeof value === "string" && value ? value : undefined);
  const deadline = Number(raw.deadline);
  return {
    service: text(raw.service),
    method: text(raw.method),
    instance: text(raw.instance),
    deadline:
      Number.isInteger(deadline) && deadline >= 1 && deadline <= LONGEST_DEADLINE ? deadline : undefined,
  };
}
