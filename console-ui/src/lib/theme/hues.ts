// Ten hues told apart with the common colour-vision deficiencies (after Okabe and Ito, and Tol).
const WHEEL = 10;

/** A service keeps its hue everywhere and over reloads: tokens --hue-0 .. --hue-9. */
export function hueIndex(service: string): number {
  let hash = 2166136261;
  for (const char of service) hash = Math.imul(hash ^ char.charCodeAt(0), 16777619) >>> 0;
  return ((hash ^ (hash >>> 15)) >>> 0) % WHEEL;
}

export const hueOf = (service: string) => `var(--hue-${hueIndex(service) % WHEEL})`;
