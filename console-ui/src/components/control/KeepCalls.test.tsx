import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { ackProcess, acks, method } from "@/testing/fixtures";
import { problem, renderInApp, serve } from "@/testing/render";
import { KeepCalls } from "./KeepCalls";

const KEEP = "/services/payments/telemetry/keep";
const order = {
  caller: "orders",
  method: "shop.Payments/Charge",
  since: "2026-01-01T00:00:00Z",
  until: new Date(Date.now() + 42_500).toISOString(),
  reason: "ticket 7",
  author: "ada",
  revision: 472,
};
const shop = (kept: unknown[], more = {}) =>
  serve({
    "GET /services/payments": { service: "payments", callers: ["orders", "batch"] },
    "GET /services/payments/methods": [method("shop.Payments/Charge")],
    [`GET ${KEEP}`]: kept,
    "GET /services/payments/acks": acks([ackProcess("a", "applied"), ackProcess("b", "applied")]),
    ...more,
  });

describe("KeepCalls", () => {
  it("asks whose calls, for how long and why, and sends what the command says", async () => {
    const sent = shop([], { [`POST ${KEEP}`]: { service: "payments", revision: 473 } });
    renderInApp(<KeepCalls service="payments" />);
    expect(await screen.findByText("Nothing is kept by order now.")).toBeTruthy();
    await userEvent.selectOptions(await screen.findByLabelText("Caller"), "batch");
    const submit = screen.getByRole<HTMLButtonElement>("button", { name: "Keep every call" });
    expect(submit.disabled).toBe(true);
    await userEvent.type(screen.getByLabelText("Reason"), " ticket 7 ");
    await userEvent.click(submit);
    const expected = { caller: "batch", seconds: 60, reason: "ticket 7" };
    await waitFor(() => expect(sent.find((s) => s.method === "POST")?.body).toEqual(expected));
  });

  it("shows what is in force, for how long, by whom, and who has applied it", async () => {
    const sent = shop([order], { [`DELETE ${KEEP}`]: { service: "payments", revision: 474 } });
    renderInApp(<KeepCalls service="payments" />);
    const row = await screen.findByRole("listitem");
    expect(row.textContent).toContain("every Payments/Charge of orders");
    expect(row.textContent).toMatch(/4\d s left/);
    expect(row.textContent).toContain("ada · ticket 7");
    expect(
      (await screen.findByRole("status", { name: "Acknowledgements of revision 472" })).textContent,
    ).toContain("applied by 2 / 2");
    await userEvent.click(screen.getByRole("button", { name: "End keeping the calls of orders" }));
    await waitFor(() => expect(sent.find((s) => s.method === "DELETE")?.path).toContain("caller=orders"));
  });

  it("says why the server refuses", async () => {
    shop([], { [`POST ${KEEP}`]: () => problem(422, "caller: 16 orders are in force already") });
    renderInApp(<KeepCalls service="payments" />);
    await userEvent.type(await screen.findByLabelText("Reason"), "x");
    await userEvent.click(screen.getByRole("button", { name: "Keep every call" }));
    expect((await screen.findByRole("alert")).textContent).toContain("16 orders");
  });
});
