import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { acksQuery, auditQuery, newerAcks, topologyQuery } from "@/lib/api/queries";
import { ackProcess, acks, auditRow, shop } from "@/testing/fixtures";
import { StreamReader } from "./apply";
import type { EventName } from "./stream";

const filter = { service: "payments", limit: 2 };

const applyEvent = (client: QueryClient, name: EventName, data: unknown) =>
  new StreamReader(client).apply(name, data);

describe("StreamReader", () => {
  it("puts the topology where pages read it", () => {
    const client = new QueryClient();
    applyEvent(client, "topology", shop());
    expect(client.getQueryData(topologyQuery.queryKey)?.revision).toBe(7);
  });

  it("puts patches over what the stream told, not over what was asked for meanwhile", () => {
    const client = new QueryClient();
    const reader = new StreamReader(client);
    const patch = { at: "2026-01-01T00:00:00Z", services: [], goneServices: [], edges: [], goneEdges: [] };
    reader.apply("topology-patch", { ...patch, revision: 6 });
    expect(client.getQueryData(topologyQuery.queryKey)).toBeUndefined();
    reader.apply("topology", shop());
    client.setQueryData(topologyQuery.queryKey, { ...shop(), services: [] });
    reader.apply("topology-patch", { ...patch, revision: 8 });
    expect(client.getQueryData(topologyQuery.queryKey)).toMatchObject({
      revision: 8,
      services: shop().services,
    });
  });

  it("takes acknowledgements one by one or as a list", () => {
    const client = new QueryClient();
    applyEvent(client, "acks", [acks([ackProcess("a", "pending")]), acks([], { revision: 473 })]);
    applyEvent(client, "acks", acks([ackProcess("a", "applied")]));
    expect(client.getQueryData(acksQuery("payments", 472).queryKey)?.applied).toBe(1);
    expect(client.getQueryData(acksQuery("payments", 473).queryKey)?.total).toBe(0);
  });

  it("never counts acknowledgements back, unless a process went", () => {
    const two = acks([ackProcess("a", "applied"), ackProcess("b", "applied")]);
    const one = acks([ackProcess("a", "applied"), ackProcess("b", "pending")]);
    const left = acks([ackProcess("a", "applied")]);
    expect(newerAcks(two, one)).toBe(two);
    expect(newerAcks(one, two)).toBe(two);
    expect(newerAcks(two, left)).toBe(left);
    expect(newerAcks(undefined, one)).toBe(one);
  });

  it("adds a new audit row to each list it belongs to, newest first, within its limit", () => {
    const client = new QueryClient();
    const key = auditQuery(filter).queryKey;
    client.setQueryData(key, [auditRow("b", 2), auditRow("a", 1)]);
    applyEvent(client, "audit", auditRow("c", 3));
    applyEvent(client, "audit", auditRow("x", 4, { service: "orders" }));
    expect(client.getQueryData(key)?.map((r) => r.id)).toEqual(["c", "b"]);
  });

  it("ignores known rows and rows older than the list reaches", () => {
    const client = new QueryClient();
    const key = auditQuery(filter).queryKey;
    const rows = [auditRow("c", 3), auditRow("b", 2)];
    client.setQueryData(key, rows);
    client.setQueryData(["policy", "payments"], {});
    applyEvent(client, "audit", auditRow("b", 2));
    applyEvent(client, "audit", auditRow("a", 1));
    expect(client.getQueryData(key)).toBe(rows);
    expect(client.getQueryState(["policy", "payments"])?.isInvalidated).toBe(false);
  });

  it("has what a new row changed read again", () => {
    const client = new QueryClient();
    client.setQueryData(auditQuery(filter).queryKey, [auditRow("b", 2)]);
    client.setQueryData(["instances", "payments"], []);
    applyEvent(client, "audit", auditRow("c", 3));
    expect(client.getQueryState(["instances", "payments"])?.isInvalidated).toBe(true);
  });
});
