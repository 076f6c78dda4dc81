import type { FieldDoc, TypeDoc } from "@/lib/api/types";

export type JsonObject = Record<string, unknown>;

/** What a text holds, or why it cannot be read. */
export type Parsed = { value: unknown; error?: undefined } | { value?: undefined; error: string };

export function parse(text: string): Parsed {
  try {
    return { value: text.trim() ? JSON.parse(text) : {} };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

export const pretty = (value: unknown) => JSON.stringify(value, null, 2);

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** How a field is asked for. */
export type FieldKind = "text" | "number" | "flag" | "choice" | "message" | "json";

const NUMBERS = new Set(["int32", "uint32", "sint32", "fixed32", "sfixed32", "float", "double"]);
/** 64-bit numbers are texts in protobuf's JSON: JavaScript's numbers would lose digits. */
const TEXTS = new Set(["string", "bytes", "int64", "uint64", "sint64", "fixed64", "sfixed64"]);

export function kindOf(field: FieldDoc, types: Record<string, TypeDoc>): FieldKind {
  if (field.type.startsWith("map<")) return "json";
  if (NUMBERS.has(field.type)) return "number";
  if (TEXTS.has(field.type)) return "text";
  if (field.type === "bool") return "flag";
  const type = field.reference ? types[field.reference] : undefined;
  if (type && type.values.length > 0) return "choice";
  // protobuf's own types have a JSON form of their own.
  return type && !type.name.startsWith("google.protobuf.") ? "message" : "json";
}

/** The value that a field has when it is first set. */
export function initial(field: FieldDoc, types: Record<string, TypeDoc>): unknown {
  switch (kindOf(field, types)) {
    case "number":
      return 0;
    case "flag":
      return false;
    case "choice":
      return types[field.reference ?? ""]?.values[0]?.name ?? "";
    case "text":
      return field.type.includes("64") ? "0" : "";
    default:
      return {};
  }
}

/** The message with the field set, in its place if it has one; of a oneof the others go. */
export function withField(message: JsonObject, field: FieldDoc, value: unknown, type: TypeDoc): JsonObject {
  const gone = new Set(
    field.oneof
      ? type.fields.filter((other) => other.oneof === field.oneof && other !== field).map((f) => f.jsonName)
      : [],
  );
  const entries = Object.entries(message).filter(([name]) => !gone.has(name));
  const present = entries.findIndex(([name]) => name === field.jsonName || name === field.name);
  const entry: [string, unknown] = [field.jsonName, value];
  return Object.fromEntries(
    present < 0 ? [...entries, entry] : entries.map((each, i) => (i === present ? entry : each)),
  );
}

export function withoutField(message: JsonObject, field: FieldDoc): JsonObject {
  return Object.fromEntries(
    Object.entries(message).filter(([name]) => name !== field.jsonName && name !== field.name),
  );
}

/** Protobuf reads both of a field's names. */
export const fieldValue = (message: JsonObject, field: FieldDoc): unknown =>
  field.jsonName in message ? message[field.jsonName] : message[field.name];
