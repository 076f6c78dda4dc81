import type { Positions } from "./layout";

// Kept per environment and width, so that the map looks tomorrow as it did today.
const key = (env: string, wide: boolean) => `clearspan.topology.${env}.${wide ? "wide" : "narrow"}`;

export function storedPositions(env: string, wide: boolean): Positions {
  const text = localStorage.getItem(key(env, wide));
  return text ? (JSON.parse(text) as Positions) : {};
}

export function storePositions(env: string, wide: boolean, positions: Positions) {
  localStorage.setItem(key(env, wide), JSON.stringify(positions));
}
