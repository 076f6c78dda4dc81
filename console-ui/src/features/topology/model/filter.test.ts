import { describe, expect, it } from "vitest";
import { edge, red, service, topology } from "@/testing/fixtures";
import type { TopologySearch } from "../search";
import { filtered, wrongTerm } from "./filter";

const chain = topology(
  ["a", "b", "c", "d"].map((name) => service(name)),
  [
    edge("a", "b", { red: red(20) }),
    edge("b", "c", { red: red(5, 0.2) }),
    edge("c", "d", { breaker: "open" }),
  ],
);
const names = (search: TopologySearch) => filtered(chain, search).topology.services.map((s) => s.service);
const found = (find: string) => [...(filtered(chain, { find }).found ?? [])].sort();

describe("focus", () => {
  it("reaches as many hops as asked, to callers, callees or both", () => {
    expect(names({ focus: "b" })).toEqual(["a", "b", "c"]);
    expect(names({ focus: "b", hops: 2 })).toEqual(["a", "b", "c", "d"]);
    expect(names({ focus: "c", direction: "callers", hops: 2 })).toEqual(["a", "b", "c"]);
    expect(names({ focus: "c", direction: "callees" })).toEqual(["c", "d"]);
  });

  it("shows all when the service is gone", () => expect(names({ focus: "x" })).toHaveLength(4));
});

describe("find and hide", () => {
  it("finds edges with their ends", () => {
    expect(found("errors>1% rate<=5")).toEqual(["b", "b>c", "c"]);
    expect(found("state=open")).toEqual(["c", "c>d", "d"]);
  });

  it("finds names by pattern, and not by a negated one", () => {
    expect(found("name=a")).toEqual(["a", "a>b", "b"]);
    expect(found("!name~*")).toEqual([]);
  });

  it("hides services with all their calls", () =>
    expect(filtered(chain, { hide: "name=b" }).topology.edges.map((e) => e.callee)).toEqual(["d"]));

  it("names what it does not understand, and then changes nothing", () => {
    expect(wrongTerm("rate>10 errors>many")).toBe("errors>many");
    expect(wrongTerm("health=fine")).toBe("health=fine");
    expect(wrongTerm("rate>10%")).toBe("rate>10%");
    expect(wrongTerm(" pay p99>=200ms !state=open ")).toBeNull();
    expect(names({ hide: "rate>>1" })).toHaveLength(4);
  });
});
