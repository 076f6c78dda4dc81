import type { Red } from "@/lib/api/types";
import { millis, rate, share } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { errorTone } from "@/lib/tone";
import { Num } from "./Num";

export type RedColumn = "rate" | "errors" | "p50" | "p90" | "p99";

interface RedHeadsProps {
  columns: readonly RedColumn[];
}

/** The heads of a table's figures: rate, errors and latency, always in this order. */
export function RedHeads({ columns }: RedHeadsProps) {
  return columns.map((column) => (
    <th key={column} scope="col" className="right">
      {column === "rate" || column === "errors" ? t(`red.${column}`) : column}
    </th>
  ));
}

type Figures = Pick<Red, "rate" | "errorShare"> & Partial<Red>;

/** The figures below those heads; without calls there is no share of errors. */
export function RedCells({ columns, red }: RedHeadsProps & { red: Figures }) {
  return columns.map((column) => (
    <td key={column} className="right">
      <Figure column={column} red={red} />
    </td>
  ));
}

function Figure({ column, red }: { column: RedColumn; red: Figures }) {
  switch (column) {
    case "rate":
      return <Num q={rate(red.rate)} />;
    case "errors":
      return <Num q={share(red.rate ? red.errorShare : null)} tone={errorTone(red)} />;
    default:
      return <Num q={millis(red[`${column}Millis`] ?? null)} />;
  }
}
