import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { store, system } from "@/testing/fixtures";
import { renderInApp } from "@/testing/render";
import { StoresPanel } from "./StoresPanel";

const at = "2026-01-01T00:00:00Z";

describe("StoresPanel", () => {
  it("says that the console keeps things itself", () => {
    renderInApp(<StoresPanel stores={system().stores} />);
    expect(screen.getByText("a file of this console")).toBeTruthy();
    expect(screen.getAllByText("its own")).toHaveLength(2);
    expect(screen.getByText("asked back 15 min")).toBeTruthy();
  });

  it("says who does not answer and why, and what a store cannot do", () => {
    const traces = store({
      kind: "jaeger",
      where: "Jaeger at http://jaeger:16686",
      up: false,
      detail: "Jaeger at http://jaeger:16686 answered 500.",
      checkedAt: at,
      limits: ["Links between traces are not shown."],
    });
    const metrics = store({ kind: "prometheus", where: "Prometheus at http://prom:9090", checkedAt: at });
    renderInApp(<StoresPanel stores={{ traces, metrics }} />);
    expect(screen.getByText("unreachable")).toBeTruthy();
    expect(screen.getByText("answers")).toBeTruthy();
    expect(screen.getByText("Jaeger at http://jaeger:16686 answered 500.")).toBeTruthy();
    expect(screen.getByText("Links between traces are not shown.")).toBeTruthy();
  });
});
