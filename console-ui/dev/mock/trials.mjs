// Policies on trial. The figures are of the mock's traffic; nothing goes back by itself.

const SECOND = 1_000;
const iso = (ms) => new Date(ms).toISOString();

/** The rules of a document and, if it is to be on trial, its guard. */
export function onTrial({ guard, ...policy }, stored, author) {
  if (!guard) return { policy, guard: null };
  const now = Date.now();
  const before = stored.guard ? stored.before : stored;
  return {
    policy,
    before,
    guard: {
      maxErrorShare: guard.maxErrorShare ?? null,
      maxP99Millis: guard.maxP99 ? Number.parseFloat(guard.maxP99) * SECOND : null,
      minimumCalls: guard.minimumCalls ?? 20,
      since: iso(now),
      until: iso(now + Number.parseFloat(guard.duration ?? "60s") * SECOND),
      previousRevision: before.revision,
      author,
    },
  };
}

/** How a trial stands; null: there is none. */
export function trialReport(service, { revision, guard }, red) {
  if (!guard) return null;
  const seconds = Math.min(60, (Date.now() - Date.parse(guard.since)) / SECOND);
  const calls = Math.round(red.rate * seconds);
  return {
    service,
    revision,
    guard,
    figures: {
      windowSeconds: seconds,
      calls,
      errors: Math.round(calls * red.errorShare),
      errorShare: calls ? red.errorShare : null,
      p99Millis: calls ? red.p99Millis : null,
    },
    at: iso(Date.now()),
  };
}
