import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CodeBlock } from "@/components/ui/CodeBlock";
import { Panel } from "@/components/ui/Panel";
import { Empty, Loaded } from "@/components/ui/States";
import { Tag } from "@/components/ui/Tag";
import { ApiError } from "@/lib/api/client";
import { serviceDocQuery } from "@/lib/api/queries";
import type { FieldDoc, MethodDoc, ServiceDoc, TypeDoc } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import css from "./ApiTab.module.css";
import { ContractPanel } from "./ContractPanel";

/** What a service offers, from the descriptors of its live instances, and whether those fit together. */
export function ApiTab({ service }: { service: string }) {
  const query = useQuery(serviceDocQuery(service));
  const missing = query.error instanceof ApiError && query.error.status === 404;
  return (
    <>
      <ContractPanel service={service} />
      {missing ? (
        <Panel title={t("api.title")}>
          <Empty title={t("api.none")}>{t("api.noneHint")}</Empty>
        </Panel>
      ) : (
        <Loaded query={query}>{(doc) => <Documentation doc={doc} />}</Loaded>
      )}
    </>
  );
}

function Documentation({ doc }: { doc: ServiceDoc }) {
  const types = Object.values(doc.types).sort((a, b) => a.name.localeCompare(b.name));
  return (
    <>
      {doc.services.map((each) => (
        <Panel
          key={each.name}
          title={each.name}
          hint={each.comment || t("api.hint")}
          actions={each.deprecated && <Tag tone="warn">{t("api.deprecated")}</Tag>}
          flush
        >
          {each.methods.map((method) => (
            <Method key={method.method} service={doc.service} method={method} />
          ))}
        </Panel>
      ))}
      {types.map((type) => (
        <TypePanel key={type.name} type={type} known={doc.types} />
      ))}
    </>
  );
}

function Method({ service, method }: { service: string; method: MethodDoc }) {
  const { shape } = method;
  const takes = shape === "client_streaming" || shape === "bidi_streaming";
  const gives = shape === "server_streaming" || shape === "bidi_streaming";
  return (
    <article className={css.method} aria-label={method.method}>
      <div className={css.head}>
        <h3 className="mono">{method.name}</h3>
        <Tag>{method.kind.toLowerCase()}</Tag>
        <Tag>{t(`api.idempotency.${method.idempotency}`)}</Tag>
        {method.deprecated && <Tag tone="warn">{t("api.deprecated")}</Tag>}
        <Link to="/invoke" search={{ service, method: method.method }}>
          {t("invoke.open")}
        </Link>
      </div>
      {method.comment && <p className={css.comment}>{method.comment}</p>}
      <p className={css.forms}>
        <span>
          {t("api.takes")} <TypeName name={method.requestType} stream={takes} />
        </span>
        <span>
          {t("api.gives")} <TypeName name={method.responseType} stream={gives} />
        </span>
      </p>
      <details>
        <summary>{t("api.request")}</summary>
        <CodeBlock label={t("api.request")}>{JSON.stringify(method.skeleton, null, 2)}</CodeBlock>
      </details>
    </article>
  );
}

function TypeName({ name, stream }: { name: string; stream: boolean }) {
  return (
    <a className="mono" href={`#${name}`}>
      {stream ? t("api.stream", { type: name }) : name}
    </a>
  );
}

function TypePanel({ type, known }: { type: TypeDoc; known: Record<string, TypeDoc> }) {
  return (
    <div id={type.name}>
      <Panel
        title={type.name}
        hint={type.comment || type.file}
        actions={type.deprecated && <Tag tone="warn">{t("api.deprecated")}</Tag>}
        flush
      >
        {type.values.length > 0 ? (
          <Values type={type} />
        ) : type.fields.length > 0 ? (
          <Fields type={type} known={known} />
        ) : (
          <Empty title={t("api.noFields")} />
        )}
      </Panel>
    </div>
  );
}

function Fields({ type, known }: { type: TypeDoc; known: Record<string, TypeDoc> }) {
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col">{t("api.field")}</th>
          <th scope="col" className="right">
            {t("api.number")}
          </th>
          <th scope="col">{t("api.type")}</th>
          <th scope="col" className="wide">
            {t("api.note")}
          </th>
        </tr>
      </thead>
      <tbody>
        {type.fields.map((field) => (
          <tr key={field.number}>
            <th scope="row" className="mono">
              {field.jsonName}
            </th>
            <td className="right">{field.number}</td>
            <td className="mono">
              {field.repeated && "repeated "}
              {field.reference && known[field.reference] ? (
                <a href={`#${field.reference}`}>{field.type}</a>
              ) : (
                field.type
              )}
            </td>
            <td className="wide">
              {notesOf(field).map((note) => (
                <Tag key={note}>{note}</Tag>
              ))}{" "}
              {field.deprecated && <Tag tone="warn">{t("api.deprecated")}</Tag>} {field.comment}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function notesOf({ oneof, optional, required, fallback }: FieldDoc): string[] {
  return [
    ...(oneof ? [t("api.oneof", { name: oneof })] : []),
    ...(optional ? [t("api.optional")] : []),
    ...(required ? [t("api.required")] : []),
    ...(fallback ? [t("api.fallback", { value: fallback })] : []),
  ];
}

function Values({ type }: { type: TypeDoc }) {
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col">{t("api.value")}</th>
          <th scope="col" className="right">
            {t("api.number")}
          </th>
          <th scope="col" className="wide">
            {t("api.note")}
          </th>
        </tr>
      </thead>
      <tbody>
        {type.values.map((value) => (
          <tr key={value.name}>
            <th scope="row" className="mono">
              {value.name}
            </th>
            <td className="right">{value.number}</td>
            <td className="wide">
              {value.deprecated && <Tag tone="warn">{t("api.deprecated")}</Tag>} {value.comment}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
