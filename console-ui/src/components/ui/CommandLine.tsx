import { useState } from "react";
import { t } from "@/lib/i18n";
import { CodeBlock } from "./CodeBlock";
import css from "./CommandLine.module.css";
import { Icon } from "./Icon";

interface CommandLineProps {
  command: string;
  label?: string;
}

/** A command for a terminal: the equal of what the dialog does, unless it says otherwise. */
export function CommandLine({ command, label = t("control.command") }: CommandLineProps) {
  const [copied, setCopied] = useState(false);
  return (
    <div className={css.command}>
      <div className={css.head}>
        <span>{label}</span>
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
      <CodeBlock label={label}>{command}</CodeBlock>
    </div>
  );
}
