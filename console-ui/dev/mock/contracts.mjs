// What the simulated services offer, whether their versions fit, and answers to calls of their methods.
import { METHODS } from "./shop.mjs";

const field = (number, name, type, more = {}) => ({
  name,
  jsonName: name.replace(/_(\w)/g, (_, c) => c.toUpperCase()),
  number,
  type,
  reference: null,
  repeated: false,
  required: false,
  optional: false,
  oneof: null,
  fallback: null,
  deprecated: false,
  comment: "",
  ...more,
});

const type = (name, file, fields, values = [], comment = "") => ({
  name,
  file,
  comment,
  deprecated: false,
  fields,
  values: values.map((value, number) => ({ name: value, number, deprecated: false, comment: "" })),
});

const TYPES = [
  type("shop.Request", "shop/shop.proto", [
    field(1, "order_id", "string", { comment: "Chosen by the buyer: retries find the first try." }),
    field(2, "quantity", "int32", { comment: "1 to 100." }),
    field(3, "amount", "shop.Money", { reference: "shop.Money" }),
    field(4, "speed", "shop.Speed", { reference: "shop.Speed" }),
    field(5, "tags", "string", { repeated: true }),
    field(6, "card", "string", { oneof: "payment" }),
    field(7, "iban", "string", { oneof: "payment" }),
    field(8, "gift", "bool", { deprecated: true }),
  ]),
  type("shop.Reply", "shop/shop.proto", [
    field(1, "order_id", "string"),
    field(2, "total", "shop.Money", { reference: "shop.Money" }),
  ]),
  type(
    "shop.Money",
    "shop/money.proto",
    [
      field(1, "currency", "string", { comment: "ISO 4217." }),
      field(2, "minor_units", "int64", { comment: "In the currency's smallest unit." }),
    ],
    [],
    "An amount of money, such as 12.50 EUR.",
  ),
  type("shop.Speed", "shop/shop.proto", [], ["SLOW", "FAST"]),
];

const SKELETON = {
  orderId: "",
  quantity: 0,
  amount: { currency: "", minorUnits: "0" },
  speed: "SLOW",
  tags: [""],
  card: "",
  gift: false,
};

const SINCE = new Date(Date.now() - 7_200_000).toISOString();

function versions(shop, service) {
  const ids = shop.instances.filter((i) => i.service === service).map((i) => i.id);
  const version = (hash, words, instances) => ({
    hash,
    versions: words,
    instances,
    count: instances.length,
    since: SINCE,
    problem: null,
  });
  const old = version("3fa2c1d09e77".padEnd(64, "a"), ["1.4.2"], ids.slice(0, -1));
  const young = version("b81e44f2a0c5".padEnd(64, "b"), ["1.5.0"], ids.slice(-1));
  return service === "payments" ? [old, young] : [version(old.hash, old.versions, ids)];
}

export function report(shop, service) {
  const live = versions(shop, service);
  const mixed = live.length > 1;
  return {
    service,
    breaking: mixed,
    versions: live,
    steps: mixed
      ? [
          {
            from: live[0].hash,
            to: live[1].hash,
            differences: [
              {
                level: "wire",
                rule: "FIELD_TYPE",
                element: "shop.Money.minor_units",
                file: "shop/money.proto",
                line: 0,
                detail: "int64, now string",
                breaks: "both sides: values are misread",
                methods: ["shop.Payments/Charge", "shop.Payments/Refund"],
              },
              {
                level: "json",
                rule: "FIELD_JSON_NAME",
                element: "shop.Request.order_id",
                file: "shop/shop.proto",
                line: 0,
                detail: "orderId, now order",
                breaks: "JSON of the other version: the field is refused",
                methods: ["shop.Payments/Charge"],
              },
            ],
          },
        ]
      : [],
  };
}

export function describe(shop, service) {
  const live = versions(shop, service);
  const [name] = METHODS[service][0][0].split("/");
  return {
    service,
    versions: live,
    hash: live.at(-1).hash,
    services: [
      {
        name,
        file: `shop/${service}.proto`,
        comment: "",
        deprecated: false,
        methods: METHODS[service].map(([method, kind, idempotent]) => ({
          method,
          name: method.split("/")[1],
          shape: "unary",
          kind,
          idempotency: idempotent ? (kind === "QUERY" ? "NO_SIDE_EFFECTS" : "IDEMPOTENT") : "UNKNOWN",
          confirm: !idempotent,
          deprecated: false,
          comment: "The same order id twice is done once.",
          requestType: "shop.Request",
          responseType: "shop.Reply",
          skeleton: SKELETON,
        })),
      },
    ],
    types: Object.fromEntries(TYPES.map((each) => [each.name, each])),
  };
}

/** OK, or NOT_FOUND for an order called "missing". */
export function invocation(shop, traceId, { service, method, instance, request, deadlineMillis }) {
  const found = shop.instances.find((i) => i.service === service && (!instance || i.id === instance));
  const missing = request?.orderId === "missing";
  const code = missing ? "NOT_FOUND" : "OK";
  return {
    service,
    method,
    instance: found?.id ?? null,
    address: "127.0.0.1:9001",
    status: {
      code,
      number: missing ? 5 : 0,
      message: missing ? "no order 'missing'" : "",
      origin: "server",
      details: [],
    },
    responses: missing ? [] : [{ orderId: request?.orderId ?? "", total: request?.amount ?? {} }],
    truncated: null,
    headers: [],
    trailers: [{ key: "served-by", value: found?.id ?? "" }],
    elapsedMillis: 4.2,
    deadlineMillis,
    attempts: [
      {
        number: 1,
        kind: "first",
        instance: found?.id ?? null,
        address: "127.0.0.1:9001",
        code,
        outcome: missing ? "STATUS" : "OK",
        millis: 3.9,
        serverMillis: 3.1,
      },
    ],
    traceId,
    number: 1,
  };
}
