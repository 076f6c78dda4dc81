// Ten hues told apart with the common colour-vision deficiencies (after Okabe and Ito, and Tol).
const WHEEL = 10;

/** What stands for a service, by tokens --hue-0 .. --hue-9. */
export type Hues = ReadonlyMap<string, number>;

/**
 * Every service has its own hue, the same everywhere; where two of those that are shown together have the same one, the
 * later one by name takes the next that is free. Of more than ten some share.
 */
export function huesOf(services: Iterable<string>): Hues {
  const hues = new Map<string, number>();
  const taken = new Set<number>();
  for (const service of [...new Set(services)].sort()) {
    const own = hashOf(service) % WHEEL;
    let hue = own;
    while (taken.has(hue) && taken.size < WHEEL) hue = (hue + 1) % WHEEL;
    hues.set(service, hue);
    taken.add(hue);
  }
  return hues;
}

function hashOf(service: string): number {
  let hash = 2166136261;
  for (const char of service) hash = Math.imul(hash ^ char.charCodeAt(0), 16777619) >>> 0;
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** The token's name. */
export const hueToken = (hues: Hues, service: string) => `--hue-${hues.get(service) ?? 0}`;
