import { useState } from "react";
import { shortenMiddle } from "@/lib/format/id";
import { t } from "@/lib/i18n";
import css from "./CopyId.module.css";
import { Icon } from "./Icon";

/** An id, shortened in the middle; a click copies the whole. */
export function CopyId({ id, max = 14 }: { id: string; max?: number }) {
  const short = shortenMiddle(id, max);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(id);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_200);
  };
  return (
    <button
      type="button"
      className={css.id}
      title={id}
      aria-label={t("copy.id", { short, id })}
      onClick={copy}
    >
      {short}
      <span className={css.mark} data-copied={copied}>
        <Icon name={copied ? "check" : "copy"} size={12} />
      </span>
    </button>
  );
}
