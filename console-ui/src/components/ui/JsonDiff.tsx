import { diffLines, jsonLines } from "@/lib/diff/lines";
import { t } from "@/lib/i18n";
import { CodeBlock } from "./CodeBlock";
import css from "./JsonDiff.module.css";

const SIGNS = { same: " ", added: "+", removed: "-" };

/** Before and after as one text: removed lines red with -, added ones green with +. */
export function JsonDiff({ before, after }: { before: unknown; after: unknown }) {
  const lines = diffLines(jsonLines(before), jsonLines(after));
  if (lines.every((line) => line.kind === "same")) return <p className={css.none}>{t("diff.none")}</p>;
  return (
    <CodeBlock label={t("diff.label")}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
        <span key={index} className={css.line} data-kind={line.kind}>
          {SIGNS[line.kind]} {line.text}
          {"\n"}
        </span>
      ))}
    </CodeBlock>
  );
}
