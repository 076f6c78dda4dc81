import { describe, expect, it } from "vitest";
import type { FieldDoc, MethodDoc, TypeDoc } from "@/lib/api/types";
import { invokeSearch } from "../search";
import { fieldValue, initial, kindOf, parse, withField, withoutField } from "./document";
import { commandOf, metadataOf, requestOf, rightOf, startOf } from "./request";

const field = (name: string, type: string, more: Partial<FieldDoc> = {}): FieldDoc => ({
  name,
  jsonName: name.replace(/_(\w)/g, (_, c: string) => c.toUpperCase()),
  number: 1,
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

const type = (name: string, fields: FieldDoc[], values: string[] = []): TypeDoc => ({
  name,
  file: "shop.proto",
  comment: "",
  deprecated: false,
  fields,
  values: values.map((value, number) => ({ name: value, number, deprecated: false, comment: "" })),
});

const method = (more: Partial<MethodDoc> = {}): MethodDoc => ({
  method: "shop.Orders/Place",
  name: "Place",
  shape: "unary",
  kind: "WRITE",
  idempotency: "UNKNOWN",
  confirm: true,
  deprecated: false,
  comment: "",
  requestType: "shop.Order",
  responseType: "shop.Order",
  skeleton: { orderId: "" },
  ...more,
});

const draft = {
  service: "orders",
  instance: undefined,
  deadlineMillis: 5_000,
  text: '{"orderId":"it\'s 7"}',
  metadata: "tenant: acme\n\nx-id: a:b",
};

describe("a request", () => {
  it("is made of what is written, and confirmed where the method needs it", () => {
    expect(requestOf(draft, method())).toEqual({
      service: "orders",
      method: "shop.Orders/Place",
      instance: null,
      request: { orderId: "it's 7" },
      metadata: { tenant: "acme", "x-id": "a:b" },
      deadlineMillis: 5_000,
      confirm: true,
    });
  });

  it("is none while something cannot be read", () => {
    expect(requestOf({ ...draft, text: "{" }, method())).toBeNull();
    expect(requestOf({ ...draft, metadata: "no colon" }, method())).toBeNull();
    expect(metadataOf("ok: 1\n: nothing").wrong).toBe(": nothing");
    expect(parse("{").error).toBeTruthy();
  });

  it("of a stream is a list", () => {
    const upload = method({ shape: "client_streaming" });
    expect(startOf(upload)).toBe('[\n  {\n    "orderId": ""\n  }\n]');
    expect(requestOf({ ...draft, text: "[{},{}]" }, upload)).toMatchObject({ requests: [{}, {}] });
  });

  it("is the same for a terminal, with its quotes", () => {
    const request = requestOf({ ...draft, instance: "o-1" }, method());
    expect(request && commandOf(request)).toBe(
      [
        "clearspan ctl invoke orders shop.Orders/Place",
        `-d '{"orderId":"it'\\''s 7"}'`,
        "--instance o-1",
        "--deadline 5000ms",
        "-m 'tenant=acme'",
        "-m 'x-id=a:b'",
        "--yes",
      ].join(" \\\n  "),
    );
  });
});

describe("a form", () => {
  const card = field("card", "string", { oneof: "payment" });
  const iban = field("iban", "string", { oneof: "payment" });
  const order = type("shop.Order", [card, iban]);
  const types = {
    "shop.Order": order,
    "shop.Speed": type("shop.Speed", [], ["SLOW", "FAST"]),
    "google.protobuf.Timestamp": type("google.protobuf.Timestamp", []),
  };

  it("asks for each field as its type wants", () => {
    expect(kindOf(field("a", "int32"), types)).toBe("number");
    expect(kindOf(field("a", "int64"), types)).toBe("text");
    expect(kindOf(field("a", "bool"), types)).toBe("flag");
    expect(kindOf(field("a", "shop.Speed", { reference: "shop.Speed" }), types)).toBe("choice");
    expect(kindOf(field("a", "shop.Order", { reference: "shop.Order" }), types)).toBe("message");
    expect(kindOf(field("a", "map<string, int32>"), types)).toBe("json");
    expect(kindOf(field("a", "x", { reference: "google.protobuf.Timestamp" }), types)).toBe("json");
    expect(initial(field("a", "shop.Speed", { reference: "shop.Speed" }), types)).toBe("SLOW");
    expect(initial(field("a", "int64"), types)).toBe("0");
  });

  it("sets one of a oneof, and finds a field by either name", () => {
    expect(withField({ card: "1", quantity: 2 }, iban, "DE", order)).toEqual({ quantity: 2, iban: "DE" });
    const id = field("order_id", "string");
    expect(fieldValue({ order_id: "7" }, id)).toBe("7");
    expect(withField({ order_id: "7" }, id, "8", type("t", [id]))).toEqual({ orderId: "8" });
    expect(withoutField({ order_id: "7", orderId: "8", x: 1 }, id)).toEqual({ x: 1 });
  });
});

describe("whoever calls", () => {
  it("needs the service in scope", () => {
    const user = (role: "viewer" | "operator" | "admin", services: string[] = []) => ({
      name: "ada",
      role,
      services,
      kind: "user" as const,
    });
    expect(rightOf(user("viewer"), "orders")).toBe("viewer");
    expect(rightOf(user("operator"), "orders")).toBe("may");
    expect(rightOf(user("operator", ["payments"]), "orders")).toBe("elsewhere");
    expect(rightOf(user("admin"), "orders")).toBe("may");
    expect(rightOf(undefined, "orders")).toBe("viewer");
  });
});

describe("the link", () => {
  it("has every choice and nothing else", () => {
    expect(
      invokeSearch({ service: "orders", method: "a.B/C", deadline: "250", request: "{}", instance: "" }),
    ).toEqual({ service: "orders", method: "a.B/C", instance: undefined, deadline: 250 });
    expect(invokeSearch({ deadline: 60_001 }).deadline).toBeUndefined();
  });
});
