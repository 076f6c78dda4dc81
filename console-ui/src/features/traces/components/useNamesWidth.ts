import { useMemo, useState } from "react";
import type { Row } from "../model/rows";
import { naturalWidth } from "../model/rowWords";

const STORED = "clearspan.waterfall.names";
const MIN = 160;
const MAX = 900;

export interface NamesWidth {
  px: number;
  resize: (px: number) => void;
  /** Back to what the names need. */
  reset: () => void;
}

/** How wide the column of names is: as wide as they need, unless somebody has drawn it otherwise. */
export function useNamesWidth(rows: Row[], collapsed: ReadonlySet<string>): NamesWidth {
  const natural = useMemo(() => naturalWidth(rows, collapsed, measured()), [rows, collapsed]);
  const [chosen, setChosen] = useState(() => Number(localStorage.getItem(STORED)) || null);
  const choose = (px: number | null) => {
    if (px === null) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, String(px));
    setChosen(px);
  };
  return {
    px: chosen ?? Math.max(MIN, natural),
    resize: (px) => choose(Math.round(Math.min(MAX, Math.max(MIN, px)))),
    reset: () => choose(null),
  };
}

/** The widths of texts as the page draws them. */
function measured(): (text: string) => number {
  const ctx = document.createElement("canvas").getContext("2d");
  if (!ctx) return (text) => text.length * 7;
  const { fontFamily, fontSize } = getComputedStyle(document.body);
  ctx.font = `550 ${fontSize} ${fontFamily}`;
  return (text) => ctx.measureText(text).width;
}
