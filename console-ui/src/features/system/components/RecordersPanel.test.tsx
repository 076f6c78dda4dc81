import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { ProcessRecorder, RecorderState } from "@/lib/api/types";
import { renderInApp, serve } from "@/testing/render";
import { RecordersPanel } from "./RecordersPanel";

const recorder = (instance: string, more: Partial<ProcessRecorder> = {}): ProcessRecorder => ({
  process: `${instance}-process`,
  service: "orders",
  instance,
  heardAt: "2026-01-01T00:00:00Z",
  horizonSeconds: 12,
  produced: 182_000,
  exported: 1_200,
  kept: { slow: 3, error: 92 },
  lost: {},
  lostPerSecond: 0,
  lostAt: null,
  shed: 0,
  shedShare: 0,
  ...more,
});
const show = (processes: ProcessRecorder[], more: Partial<RecorderState> = {}) => {
  serve({
    "GET /recorders": { lostPerSecond: 0, shedding: 0, shortestHorizonSeconds: 12, processes, ...more },
  });
  renderInApp(<RecordersPanel />);
};

describe("RecordersPanel", () => {
  it("lists per process what is kept by reason, the most first", async () => {
    show([recorder("orders-1")]);
    const row = await screen.findByRole("row", { name: /orders-1/ });
    expect(row.textContent).toContain("error 92 · slow 3");
    expect(row.textContent).toContain("12s");
  });

  it("is loud about who loses and sheds", async () => {
    const losing = recorder("orders-2", { lost: { queue_full: 40 }, lostPerSecond: 4, shedShare: 0.75 });
    show([losing], { lostPerSecond: 4, shedding: 1 });
    const row = await screen.findByRole("row", { name: /orders-2/ });
    expect(row.textContent).toContain("export queue full 40");
    expect(row.textContent).toContain("75%");
  });

  it("says what to expect when nobody reports", async () => {
    show([]);
    expect(await screen.findByText("No process reports its recorder")).toBeTruthy();
  });
});
