export type DensityChoice = "dense" | "comfortable";

const STORED = "clearspan.density";

export const currentDensity = (): DensityChoice =>
  localStorage.getItem(STORED) === "comfortable" ? "comfortable" : "dense";

export function applyDensity(density: DensityChoice) {
  localStorage.setItem(STORED, density);
  document.documentElement.dataset.density = density;
}
