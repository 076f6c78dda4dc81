// Seeded noise: the same key gives the same numbers, so that charts keep their shape between requests.
export function seeded(key) {
  let state = 2166136261;
  for (const char of String(key)) state = Math.imul(state ^ char.charCodeAt(0), 16777619) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const hex = (random, length) =>
  Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join("");

export const around = (value, share = 0.05) => value * (1 + (Math.random() * 2 - 1) * share);

/** A smooth wave with a little noise, 0..1 around 0.5, for a moment in seconds. */
export function wave(key, seconds) {
  const random = seeded(key);
  const phase = random() * 7;
  const jitter = seeded(`${key}@${Math.floor(seconds)}`)();
  return (
    0.5 +
    0.22 * Math.sin(seconds / 140 + phase) +
    0.12 * Math.sin(seconds / 37 + phase * 3) +
    (jitter - 0.5) * 0.18
  );
}
