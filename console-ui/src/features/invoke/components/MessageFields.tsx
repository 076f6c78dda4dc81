import { Button, Checkbox, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import type { FieldDoc, TypeDoc } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import {
  fieldValue,
  initial,
  isObject,
  type JsonObject,
  kindOf,
  withField,
  withoutField,
} from "../model/document";
import css from "./InvokePage.module.css";

interface MessageFieldsProps {
  type: TypeDoc;
  types: Record<string, TypeDoc>;
  value: JsonObject;
  onChange: (value: JsonObject) => void;
  /** Names of the fields above, with a dot behind each. */
  path: string;
}

/** A message's fields: those that are set can be changed, the others can be set. */
export function MessageFields({ type, types, value, onChange, path }: MessageFieldsProps) {
  if (type.fields.length === 0)
    return <p className={css.hint}>{t("invoke.noFields", { type: type.name })}</p>;
  return (
    <div className={css.fields}>
      {type.fields.map((field) => (
        <OneField
          key={field.number}
          field={field}
          types={types}
          value={fieldValue(value, field)}
          name={path + field.jsonName}
          onSet={(next) => onChange(withField(value, field, next, type))}
          onClear={() => onChange(withoutField(value, field))}
        />
      ))}
    </div>
  );
}

interface OneFieldProps {
  field: FieldDoc;
  types: Record<string, TypeDoc>;
  value: unknown;
  name: string;
  onSet: (value: unknown) => void;
  onClear: () => void;
}

function OneField({ field, types, value, name, onSet, onClear }: OneFieldProps) {
  const first = field.repeated ? [initial(field, types)] : initial(field, types);
  if (value === undefined || value === null) {
    return (
      <div className={css.unset}>
        <span>
          <span className="mono">{name}</span> {t("invoke.unset")}
        </span>
        <Button
          variant="subtle"
          size="compact-xs"
          aria-label={t("invoke.set", { field: name })}
          onClick={() => onSet(first)}
        >
          +
        </Button>
      </div>
    );
  }
  if (field.repeated && Array.isArray(value)) {
    return (
      <ManyValues field={field} types={types} values={value} name={name} onSet={onSet} onClear={onClear} />
    );
  }
  return <OneValue field={field} types={types} value={value} name={name} onSet={onSet} onClear={onClear} />;
}

interface ManyValuesProps extends Omit<OneFieldProps, "value"> {
  values: unknown[];
}

function ManyValues({ field, types, values, name, onSet, onClear }: ManyValuesProps) {
  return (
    <fieldset className={css.fields}>
      <div className={css.legend}>
        <span className="mono">{name}</span>
        <span>
          <Button
            variant="subtle"
            size="compact-xs"
            aria-label={t("invoke.add", { field: name })}
            onClick={() => onSet([...values, initial(field, types)])}
          >
            +
          </Button>
          <Clear name={name} onClear={onClear} />
        </span>
      </div>
      {values.map((value, index) => (
        <OneValue
          // biome-ignore lint/suspicious/noArrayIndexKey: elements of a JSON list are told apart by nothing else
          key={index}
          field={field}
          types={types}
          value={value}
          name={`${name}[${index}]`}
          onSet={(next) => onSet(values.map((each, i) => (i === index ? next : each)))}
          onClear={() => onSet(values.filter((_, i) => i !== index))}
        />
      ))}
    </fieldset>
  );
}

function OneValue({ field, types, value, name, onSet, onClear }: OneFieldProps) {
  const type = field.reference ? types[field.reference] : undefined;
  const kind = kindOf(field, types);
  if (kind === "message" && type && isObject(value)) {
    return (
      <fieldset className={css.fields}>
        <div className={css.legend}>
          <span className="mono">{name}</span>
          <Clear name={name} onClear={onClear} />
        </div>
        <div className={css.nested}>
          <MessageFields type={type} types={types} value={value} onChange={onSet} path={`${name}.`} />
        </div>
      </fieldset>
    );
  }
  return (
    <div className={css.field}>
      <Scalar field={field} kind={kind} type={type} value={value} name={name} onSet={onSet} />
      <Clear name={name} onClear={onClear} />
    </div>
  );
}

interface ScalarProps {
  field: FieldDoc;
  kind: ReturnType<typeof kindOf>;
  type: TypeDoc | undefined;
  value: unknown;
  name: string;
  onSet: (value: unknown) => void;
}

function Scalar({ field, kind, type, value, name, onSet }: ScalarProps) {
  const label = (
    <>
      <span className="mono">{name}</span> <span className="quiet">{field.type}</span>
    </>
  );
  const common = { label, "aria-label": name, ...(field.comment && { title: field.comment }) };
  if (kind === "flag") {
    return <Checkbox {...common} checked={value === true} onChange={(e) => onSet(e.currentTarget.checked)} />;
  }
  if (kind === "choice" && type) {
    return (
      <NativeSelect
        {...common}
        value={String(value)}
        onChange={(e) => onSet(e.currentTarget.value)}
        data={type.values.map((each) => each.name)}
      />
    );
  }
  if (kind === "number" && (typeof value === "number" || value === "")) {
    return (
      <NumberInput
        {...common}
        value={value}
        onChange={(next) => onSet(next === "" ? 0 : next)}
        allowDecimal={field.type === "float" || field.type === "double"}
        hideControls
      />
    );
  }
  if (kind === "text" && typeof value === "string") {
    return <TextInput {...common} value={value} onChange={(e) => onSet(e.currentTarget.value)} />;
  }
  return (
    <div className={css.unset}>
      <span>{label}</span>
      {t("invoke.onlyJson")}
    </div>
  );
}

function Clear({ name, onClear }: { name: string; onClear: () => void }) {
  return (
    <Button
      className={css.clear ?? ""}
      variant="subtle"
      size="compact-xs"
      aria-label={t("invoke.clear", { field: name })}
      title={t("invoke.clear", { field: name })}
      onClick={onClear}
    >
      ×
    </Button>
  );
}
