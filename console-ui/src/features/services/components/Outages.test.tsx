import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Outage } from "@/lib/api/types";
import { renderInApp, serve } from "@/testing/render";
import { Outages } from "./Outages";

const outage = (part: Partial<Outage>): Outage => ({
  instance: "payments-1",
  kind: "unreachable",
  cause: "connection reset",
  since: "2026-01-01T10:00:00Z",
  until: null,
  reporters: 1,
  ...part,
});

describe("Outages", () => {
  it("says what is out, by whose word, and for how long others were", async () => {
    serve({
      "GET /services/payments/outages": [
        outage({ reporters: 3 }),
        outage({ instance: "payments-2", kind: "not_ready", until: "2026-01-01T10:00:07Z" }),
      ],
    });
    renderInApp(<Outages service="payments" />);
    expect(await screen.findByText("unreachable for 3 callers")).toBeDefined();
    expect(screen.getByText("goes on")).toBeDefined();
    expect(screen.getByRole("link", { name: "payments-2" })).toBeDefined();
    expect(screen.getByText("not ready")).toBeDefined();
    expect(screen.getByText("7")).toBeDefined();
  });

  it("shows one instance alone without its name", async () => {
    serve({ "GET /services/payments/outages": [outage({}), outage({ instance: "payments-2" })] });
    renderInApp(<Outages service="payments" instance="payments-2" />);
    expect(await screen.findAllByText("goes on")).toHaveLength(1);
    expect(screen.queryByRole("link")).toBeNull();
  });

  it("says so when there was none", async () => {
    serve({ "GET /services/payments/outages": [] });
    renderInApp(<Outages service="payments" />);
    expect(await screen.findByText("None was out of use")).toBeDefined();
  });
});
