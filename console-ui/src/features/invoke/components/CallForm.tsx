import { Button, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { CommandLine } from "@/components/ui/CommandLine";
import { Panel } from "@/components/ui/Panel";
import { Tag } from "@/components/ui/Tag";
import { invoke } from "@/lib/api/changes";
import { sessionQuery } from "@/lib/api/queries";
import type { InvokeRequest, MethodDoc, ServiceDoc } from "@/lib/api/types";
import { shortMethod } from "@/lib/format/id";
import { t } from "@/lib/i18n";
import { isObject, parse, pretty } from "../model/document";
import { remember } from "../model/history";
import { commandOf, metadataOf, requestOf, rightOf, startOf, takesStream } from "../model/request";
import { DEFAULT_DEADLINE } from "../search";
import { AnswerPanel } from "./AnswerPanel";
import { ConfirmCall } from "./ConfirmCall";
import { HistoryPanel } from "./HistoryPanel";
import css from "./InvokePage.module.css";
import { MessageFields } from "./MessageFields";

const route = getRouteApi("/shell/invoke");

/** One method: its request as a form and as JSON, sent and answered. */
export function CallForm({ doc, method }: { doc: ServiceDoc; method: MethodDoc }) {
  const { instance, deadline = DEFAULT_DEADLINE } = route.useSearch();
  const [text, setText] = useState(() => startOf(method));
  const [metadata, setMetadata] = useState("");
  const [confirming, setConfirming] = useState(false);
  const { data: session } = useQuery(sessionQuery);
  const aborting = useRef<AbortController>(null);
  const call = useMutation({
    mutationFn: (request: InvokeRequest) => {
      aborting.current = new AbortController();
      return invoke(request, aborting.current.signal);
    },
    onSuccess: (answer) => remember({ at: new Date().toISOString(), answer, text, metadata }),
  });
  const right = rightOf(session?.user, doc.service);
  const draft = { service: doc.service, instance, deadlineMillis: deadline, text, metadata };
  const request = requestOf(draft, method);
  const send = () => {
    setConfirming(false);
    if (request) call.mutate(request);
  };
  return (
    <>
      <div className={css.two}>
        <Panel
          title={t("invoke.request")}
          hint={<span className="mono">{shortMethod(method.method)}</span>}
          actions={
            <div className={css.buttons}>
              <MethodTags method={method} />
              {right === "may" && (
                <SendButtons
                  pending={call.isPending}
                  ready={request !== null}
                  onReset={() => setText(startOf(method))}
                  onCancel={() => aborting.current?.abort()}
                  onSend={() => (method.confirm ? setConfirming(true) : send())}
                />
              )}
            </div>
          }
        >
          <div className={css.stack}>
            {right !== "may" && (
              <p className={css.why}>
                {right === "viewer"
                  ? t("invoke.viewer", { service: doc.service })
                  : t("invoke.notYours", {
                      service: doc.service,
                      services: session?.user.services.join(", ") ?? "",
                    })}
              </p>
            )}
            {method.comment && <p className={css.hint}>{method.comment}</p>}
            <RequestBody doc={doc} method={method} text={text} onText={setText} />
            <MetadataField value={metadata} onChange={setMetadata} />
            {request && <CommandLine command={commandOf(request)} />}
          </div>
        </Panel>
        <AnswerPanel
          answer={call.data}
          error={aborting.current?.signal.aborted ? null : call.error}
          pending={call.isPending}
          deadline={deadline}
        />
      </div>
      <HistoryPanel
        onTakeOver={(past) => {
          setText(past.text);
          setMetadata(past.metadata);
        }}
        of={method.method}
      />
      {confirming && request && (
        <ConfirmCall request={request} onConfirm={send} onClose={() => setConfirming(false)} />
      )}
    </>
  );
}

interface SendButtonsProps {
  pending: boolean;
  ready: boolean;
  onReset: () => void;
  onCancel: () => void;
  onSend: () => void;
}

function SendButtons({ pending, ready, onReset, onCancel, onSend }: SendButtonsProps) {
  return (
    <>
      <Button variant="default" onClick={onReset}>
        {t("invoke.reset")}
      </Button>
      {pending && (
        <Button variant="default" onClick={onCancel}>
          {t("invoke.cancel")}
        </Button>
      )}
      <Button loading={pending} disabled={!ready} onClick={onSend}>
        {t("invoke.send")}
      </Button>
    </>
  );
}

function MethodTags({ method }: { method: MethodDoc }) {
  return (
    <>
      <Tag>{method.kind.toLowerCase()}</Tag>
      <Tag tone={method.confirm ? "warn" : "neutral"}>{t(`api.idempotency.${method.idempotency}`)}</Tag>
      {method.deprecated && <Tag tone="warn">{t("api.deprecated")}</Tag>}
    </>
  );
}

interface RequestBodyProps {
  doc: ServiceDoc;
  method: MethodDoc;
  text: string;
  onText: (text: string) => void;
}

/** The same document twice: as fields, and as the JSON that is sent. */
function RequestBody({ doc, method, text, onText }: RequestBodyProps) {
  const { value, error } = parse(text);
  const type = doc.types[method.requestType];
  return (
    <div className={css.halves}>
      <div className={css.part}>
        <h3>{t("invoke.form", { type: method.requestType })}</h3>
        {takesStream(method) ? (
          <p className={css.hint}>{t("invoke.formMany")}</p>
        ) : type && isObject(value) ? (
          <MessageFields
            type={type}
            types={doc.types}
            value={value}
            onChange={(next) => onText(pretty(next))}
            path=""
          />
        ) : (
          <p className={css.hint}>{t("invoke.formWaits")}</p>
        )}
      </div>
      <Textarea
        className={css.json ?? ""}
        label={t(takesStream(method) ? "invoke.jsonMany" : "invoke.json")}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        error={error === undefined ? undefined : t("invoke.badJson", { reason: error })}
        spellCheck={false}
        autosize
        minRows={8}
        maxRows={26}
      />
    </div>
  );
}

function MetadataField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { wrong } = metadataOf(value);
  return (
    <Textarea
      className={css.json ?? ""}
      label={t("invoke.metadata")}
      placeholder="tenant: acme"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={wrong === undefined ? undefined : t("invoke.badMetadata", { line: wrong })}
      spellCheck={false}
      autosize
      minRows={1}
      maxRows={6}
    />
  );
}
