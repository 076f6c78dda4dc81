import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../mock-server.mjs";

// The pages are made and tested against the mock: what it answers must be what the console answers, no more and no less.

type Schema = Record<string, unknown>;
interface Operation {
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}
const DESCRIPTION = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../console-backend/openapi.json"), "utf8"),
) as { paths: Record<string, { get?: Operation }>; components: unknown };

/** What the mock has no use for: no page reads it, or it is no JSON. */
const NOT_MOCKED = [
  /\/events$/,
  /\/jaeger\//,
  /\/oidc\//,
  /\/prometheus\//,
  /\/grafana\//,
  /healthz$/,
  /\/openapi\.json$/,
  /\/audit\/export$/,
  /\/descriptors$/,
  /\/policies\/schema$/,
  /\/descriptors\/\{hash\}$/,
  /\/alerts\/silences$/,
  /\/alerts\/rules\/\{id\}$/,
  /\/policy\/guard$/,
];
const QUERIES: Record<string, string> = {
  "/api/v1/services/{service}/policy/effective": "?method=shop.Payments/Charge",
};

const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema(closed({ components: DESCRIPTION.components }) as Schema, "api");

/** Objects hold what is listed and nothing else: a field that only the mock has would be read in vain. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== "object" || node === null) return node;
  const schema = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  const open = "properties" in schema && schema.type === "object" && !("additionalProperties" in schema);
  return open ? { ...schema, additionalProperties: false } : schema;
}

const schemaOf = (operation: Operation): Schema | undefined =>
  operation.responses["200"]?.content?.["application/json"]?.schema;

const OPERATIONS = Object.entries(DESCRIPTION.paths).flatMap(([path, { get }]) => {
  const schema = get && schemaOf(get);
  return schema && !NOT_MOCKED.some((it) => it.test(path)) ? [{ path, schema }] : [];
});

describe.each(["healthy", "failing", "empty"])("the mock's answers, %s", (scenario) => {
  let mock: Mock;
  beforeAll(async () => {
    mock = await startMock({ signedIn: true });
    mock.world.shop.scenario = scenario;
  });
  afterAll(() => mock.close());

  const filled = (path: string) =>
    path
      .replace("{service}", "payments")
      .replace("{arrangement}", "wide")
      .replace("{traceId}", mock.world.traces[0]?.traceId ?? "") + (QUERIES[path] ?? "");

  const there = OPERATIONS.filter(({ path }) => scenario !== "empty" || !path.includes("{service}"));
  it.each(there)("$path", async ({ path, schema }) => {
    const response = await fetch(mock.url + filled(path));
    expect(response.status, await response.clone().text()).toBe(200);
    const answer: unknown = await response.json();
    const references = JSON.parse(JSON.stringify(closed(schema)).replaceAll('"#/', '"api#/')) as Schema;
    const validate = ajv.compile(references);
    validate(answer);
    expect(validate.errors ?? []).toEqual([]);
  });
});
