import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useSyncExternalStore } from "react";
import { Ago } from "@/components/ui/Ago";
import { Num } from "@/components/ui/Num";
import { Panel } from "@/components/ui/Panel";
import { Tag } from "@/components/ui/Tag";
import { millis } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { type Past, pastCalls, subscribePast } from "../model/history";

interface HistoryPanelProps {
  /** Requests of this method can be taken over. */
  of: string;
  onTakeOver: (past: Past) => void;
}

export function HistoryPanel({ of, onTakeOver }: HistoryPanelProps) {
  const past = useSyncExternalStore(subscribePast, pastCalls);
  if (past.length === 0) return null;
  return (
    <Panel title={t("invoke.history")} hint={t("invoke.historyHint")} flush>
      <table className="grid">
        <thead>
          <tr>
            <th scope="col">{t("invoke.at")}</th>
            <th scope="col" className="wide">
              {t("column.method")}
            </th>
            <th scope="col">{t("invoke.status")}</th>
            <th scope="col">{t("column.instance")}</th>
            <th scope="col" className="right">
              {t("invoke.tookColumn")}
            </th>
            <th scope="col">{t("trace.title")}</th>
            <th scope="col">
              <span className="visually-hidden">{t("invoke.again")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {past.map((call) => (
            <Row
              key={call.answer.traceId}
              call={call}
              takes={call.answer.method === of}
              onTakeOver={onTakeOver}
            />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

interface RowProps {
  call: Past;
  takes: boolean;
  onTakeOver: (past: Past) => void;
}

function Row({ call, takes, onTakeOver }: RowProps) {
  const { answer, at } = call;
  return (
    <tr>
      <td>
        <Ago at={at} />
      </td>
      <th scope="row" className="wide mono">
        <Link to="/invoke" search={{ service: answer.service, method: answer.method }}>
          {answer.method}
        </Link>
      </th>
      <td>
        <Tag tone={answer.status.code === "OK" ? "ok" : "bad"}>{answer.status.code}</Tag>
      </td>
      <td>{answer.instance ?? "–"}</td>
      <td className="right">
        <Num q={millis(answer.elapsedMillis)} />
      </td>
      <td>
        <Link to="/traces/$traceId" params={{ traceId: answer.traceId }} className="mono">
          {answer.traceId.slice(0, 8)}
        </Link>
      </td>
      <td>
        {takes && (
          <Button variant="default" size="compact-xs" onClick={() => onTakeOver(call)}>
            {t("invoke.again")}
          </Button>
        )}
      </td>
    </tr>
  );
}
