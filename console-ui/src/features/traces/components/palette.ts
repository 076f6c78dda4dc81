import { type Hues, hueToken } from "@/lib/theme/hues";
import { token } from "@/lib/theme/scheme";
import type { Palette } from "./paint";

/** The current theme's colours for the canvas. */
export function paletteOfTheme(hues: Hues): Palette {
  const colors = new Map<string, string>();
  return {
    text: token("--text"),
    muted: token("--text-3"),
    hairline: token("--line"),
    selection: token("--accent-soft"),
    critical: token("--accent"),
    bad: token("--bad"),
    warn: token("--warn"),
    forced: token("--forced"),
    serviceHue(service) {
      const known = colors.get(service);
      if (known) return known;
      const color = token(hueToken(hues, service));
      colors.set(service, color);
      return color;
    },
  };
}
