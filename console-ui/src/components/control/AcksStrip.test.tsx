import { act, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { acksQuery } from "@/lib/api/queries";
import { offerUndo } from "@/lib/live/changes";
import { ackProcess, acks } from "@/testing/fixtures";
import { renderInApp, serve } from "@/testing/render";
import { AcksStrip } from "./AcksStrip";
import { ackMarks, ackView } from "./acksModel";

const key = acksQuery("payments", 472).queryKey;
const strip = () => screen.getByRole("status", { name: "Acknowledgements of revision 472" });

describe("AcksStrip", () => {
  it("counts up, names who waits, and ends with the slowest", async () => {
    serve({
      "GET /services/payments/acks": acks([
        ackProcess("orders-2", "pending"),
        ackProcess("orders-1", "applied"),
      ]),
    });
    const { client } = renderInApp(<AcksStrip service="payments" revision={472} />);
    expect(await screen.findByText("applied by 1 / 2 …")).toBeTruthy();
    expect(strip().textContent).toContain("orders-2 has not applied it yet");
    const done = acks([ackProcess("orders-2", "applied"), ackProcess("orders-1", "applied")]);
    act(() => client.setQueryData(key, done));
    expect(await screen.findByText("applied by 2 / 2 in 240 ms")).toBeTruthy();
    expect(strip().textContent).not.toContain("orders-2");
  });

  it("shouts a refusal with its reason", async () => {
    const refused = ackProcess("orders-1", "refused", { detail: "retry.maxAttempts: 9 (expected: 1 to 5)" });
    serve({ "GET /services/payments/acks": acks([refused]) });
    renderInApp(<AcksStrip service="payments" revision={472} />);
    expect(await screen.findByText(/maxAttempts: 9/)).toBeTruthy();
    expect(strip().dataset.phase).toBe("refused");
  });

  it("offers undo to who made the change", async () => {
    serve({ "GET /services/payments/acks": acks([ackProcess("orders-1", "applied")]) });
    const undo = vi.fn().mockResolvedValue(undefined);
    offerUndo({ service: "payments", revision: 472, undo });
    renderInApp(<AcksStrip service="payments" revision={472} />);
    const button = await screen.findByRole("button", { name: /^Undo/ });
    await act(async () => button.click());
    expect(undo).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole("button", { name: /^Undo/ })).toBeNull();
  });
});

describe("acks model", () => {
  it("is silent when only the silent are missing", () => {
    expect(ackView(acks([ackProcess("a", "applied"), ackProcess("b", "silent")])).phase).toBe("silent");
    expect(ackView(acks([ackProcess("a", "pending"), ackProcess("b", "silent")])).phase).toBe("counting");
  });

  it("is complete when no process is concerned", () => {
    expect(ackView(acks([]))).toMatchObject({ phase: "complete", progress: 1 });
  });

  it("draws the applied first, and at most as many as fit", () => {
    expect(ackMarks(acks([ackProcess("a", "pending"), ackProcess("b", "applied")]))).toEqual([
      "applied",
      "pending",
    ]);
    const many = ackMarks(acks([], { total: 500, applied: 250 }));
    expect(many).toHaveLength(60);
    expect(many.filter((s) => s === "applied")).toHaveLength(30);
  });
});
