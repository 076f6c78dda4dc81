import { describe, expect, it } from "vitest";
import { store, system } from "@/testing/fixtures";
import { findings } from "./findings";

describe("findings", () => {
  it("finds nothing wrong with a console that is well", () => {
    expect(findings(system())).toEqual([]);
  });

  it("old drops are history, drops that go on are bad", () => {
    const { intake } = system();
    expect(findings(system({ intake: { ...intake, spansDropped: 400 } }))).toEqual([]);
    const dropping = { ...intake, spansDropped: 400, spansDroppedPerSecond: 12 };
    expect(findings(system({ intake: dropping }))).toMatchObject([{ id: "dropping", tone: "bad" }]);
  });

  it("tells what the trace store has to say, in its own words", () => {
    const { traceStore } = system();
    const notice = "The file was damaged and moved to traces.damaged.mv.db";
    expect(findings(system({ traceStore: { ...traceStore, notice } }))[0]?.text).toBe(notice);
  });

  it("tells which store of others does not answer, in the words that say how to mend it", () => {
    const { stores } = system();
    const detail = "Jaeger at http://127.0.0.1:16686 cannot be reached. Check CLEARSPAN_JAEGER_URL.";
    const away = { ...stores, traces: store({ kind: "jaeger", up: false, detail }) };
    expect(findings(system({ stores: away }))).toMatchObject([
      { id: "store-traces", tone: "bad", text: detail },
    ]);
  });

  it("losses and shedding of processes are told while they go on", () => {
    const losing = system({ recorders: { reporting: 3, lostPerSecond: 4, shedding: 2 } });
    expect(findings(losing)).toMatchObject([
      { id: "losing", tone: "bad" },
      { id: "shedding", tone: "warn" },
    ]);
  });

  it("names the registry first", () => {
    const away = system({
      registry: { connected: false, revision: 7, ageMillis: 9_000, detail: "connection refused" },
      ignoredRegistryValues: [{ key: "svc/a/inst/b", reason: "port: 0" }],
    });
    expect(findings(away).map((finding) => finding.id)).toEqual(["registry", "ignored"]);
  });
});
