import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Breaker } from "@/lib/api/types";
import { breaker, forcedBy } from "@/testing/fixtures";
import { renderInApp } from "@/testing/render";
import { BreakerTile } from "./BreakerTile";

const MINUTE = 60_000;
/** In the middle of that minute: a test may take a while. */
const ago = (minutes: number) => new Date(Date.now() - (minutes + 0.5) * MINUTE).toISOString();
const tile = (more: Partial<Breaker>) => {
  renderInApp(<BreakerTile breaker={breaker(more)} onForce={() => {}} />);
  return screen.getByRole("article").textContent;
};
const byAda = (since: string | null) => forcedBy({ since });

describe("BreakerTile", () => {
  it("tells how long ago a person forced it, not the age of the computed state", () => {
    const text = tile({ forced: "OPEN", since: ago(59), forcedBy: byAda(ago(3)), processes: 2 });
    expect(text).toContain("forced 3 min ago · 2 of 2 caller processes");
    expect(text).not.toContain("59 min");
  });

  it("lifts the entry that holds it, also when that names less", () => {
    const onForce = vi.fn();
    const held = { forced: "OPEN", computed: "OPEN", instance: "payments-2" } as const;
    const any = breaker({ ...held, forcedBy: forcedBy({ caller: "" }) });
    renderInApp(<BreakerTile breaker={any} onForce={onForce} />);
    screen.getByRole("button", { name: /^Back to automatic/ }).click();
    expect(onForce).toHaveBeenCalledWith({
      caller: "",
      service: "payments",
      method: "",
      instance: "",
      forced: "OPEN",
      choice: "AUTO",
    });
  });

  it("says nothing of a moment that nobody knows", () => {
    expect(tile({ forced: "OPEN", since: ago(59), forcedBy: byAda(null) })).not.toContain("min");
  });

  it("tells how long it has been open, and for how many of its callers", () => {
    const text = tile({ computed: "OPEN", instance: "payments-2", since: ago(2), processes: 1, callers: 3 });
    expect(text).toContain("open for 2 min · 1 of 3 caller processes");
  });

  it("a whole edge that some callers have not applied yet counts them", () => {
    expect(tile({ forced: "OPEN", forcedBy: byAda(null), processes: 0, callers: 1 })).toContain(
      "0 of 1 caller process",
    );
  });

  it("offers nothing to who may not steer its service", () => {
    renderInApp(<BreakerTile breaker={breaker({ forced: "OPEN" })} onForce={() => {}} />, {
      role: "operator",
      services: ["orders"],
    });
    expect(screen.queryAllByRole("button")).toEqual([]);
  });
});
