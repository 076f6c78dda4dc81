export interface DiffLine {
  kind: "same" | "added" | "removed";
  text: string;
}

/** Line diff by longest common subsequence; documents here have some hundred lines at most. */
export function diffLines(before: string[], after: string[]): DiffLine[] {
  const lengths = commonLengths(before, after);
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const a = before[i];
    const b = after[j];
    if (a !== undefined && a === b) {
      lines.push({ kind: "same", text: a });
      i++;
      j++;
    } else if (a !== undefined && (b === undefined || at(lengths, i + 1, j) >= at(lengths, i, j + 1))) {
      lines.push({ kind: "removed", text: a });
      i++;
    } else if (b !== undefined) {
      lines.push({ kind: "added", text: b });
      j++;
    }
  }
  return lines;
}

const at = (table: Uint16Array[], i: number, j: number) => table[i]?.[j] ?? 0;

/** lengths[i][j]: the longest common subsequence of before[i..] and after[j..]. */
function commonLengths(before: string[], after: string[]): Uint16Array[] {
  const table = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--) {
    const row = table[i];
    for (let j = after.length - 1; row && j >= 0; j--) {
      row[j] =
        before[i] === after[j]
          ? at(table, i + 1, j + 1) + 1
          : Math.max(at(table, i + 1, j), at(table, i, j + 1));
    }
  }
  return table;
}

/** Pretty JSON with sorted keys, so that only meaning differs. */
export function jsonLines(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  return JSON.stringify(sorted(value), null, 2).split("\n");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
