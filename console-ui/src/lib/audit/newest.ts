/** The newest revision of each service that was changed since, in the order of the rows. */
export function newestRevisions(
  rows: { service: string; revision: number; at: string }[],
  since: number,
): { service: string; revision: number }[] {
  const newest = new Map<string, number>();
  for (const { service, revision, at } of rows) {
    if (revision <= 0 || Date.parse(at) < since) continue;
    newest.set(service, Math.max(revision, newest.get(service) ?? 0));
  }
  return [...newest].map(([service, revision]) => ({ service, revision }));
}
