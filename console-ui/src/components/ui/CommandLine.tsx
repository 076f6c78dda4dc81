import { useState } from "react";
import { t } from "@/lib/i18n";
import { CodeBlock } from "./CodeBlock";
import css from "./CommandLine.module.css";
import { Icon } from "./Icon";

/** The equal command for a terminal. */
export function CommandLine({ command }: { command: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <div className={css.command}>
      <div className={css.head}>
        <span>{t("control.command")}</span>
        <button
          type="button"
          className={css.copy}
          onClick={() => {
            void navigator.clipboard.writeText(command).then(() => setCopied(true));
          }}
        >
          <Icon name={copied ? "check" : "copy"} size={13} />
          {copied ? t("copy.done") : t("copy.command")}
        </button>
      </div>
      <CodeBlock label={t("control.command")}>{command}</CodeBlock>
    </div>
  );
}
