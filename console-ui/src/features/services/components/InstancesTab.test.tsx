import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { detail, service, topology } from "@/testing/fixtures";
import { renderInApp, serve } from "@/testing/render";
import { InstancesTab } from "./InstancesTab";

function shopOf(...instances: ReturnType<typeof detail>[]) {
  return serve({
    "GET /services/payments/instances": instances,
    "GET /services/payments/outages": [],
    "GET /topology": topology([service("payments", { instances })], []),
    "GET /audit": [],
    "PUT /services/payments/instances/payments-2/control": {
      service: "payments",
      revision: 480,
      auditId: "a",
      at: "",
    },
    "PUT /services/payments/control": { service: "payments", revision: 481, auditId: "b", at: "" },
  });
}

const weightOf = (id: string) => screen.findByRole<HTMLInputElement>("textbox", { name: `Weight of ${id}` });

describe("InstancesTab", () => {
  it("changes a weight with a reason, by one request", async () => {
    const sent = shopOf(detail("payments-1"), detail("payments-2"));
    renderInApp(<InstancesTab service="payments" />);
    const input = await weightOf("payments-2");
    await userEvent.clear(input);
    await userEvent.type(input, "25");
    const apply = screen.getByRole<HTMLButtonElement>("button", { name: "Apply" });
    expect(apply.disabled).toBe(true);
    await userEvent.type(screen.getByLabelText("Reason"), "slow");
    await userEvent.click(apply);
    await waitFor(() => expect(screen.queryByRole("button", { name: "Apply" })).toBeNull());
    const put = sent.find((s) => s.method === "PUT");
    expect(put?.path).toBe("/services/payments/instances/payments-2/control");
    expect(put?.body).toEqual({
      weight: 25,
      drain: false,
      eject: false,
      sticky: false,
      reason: "slow",
      ttlSeconds: null,
    });
  });

  it("shows configured, effective and observed side by side", async () => {
    shopOf(detail("payments-1"));
    renderInApp(<InstancesTab service="payments" />);
    await weightOf("payments-1");
    for (const name of ["configured", "effective", "observed"]) expect(screen.getByText(name)).toBeTruthy();
  });

  it("says of a dead instance who reports it, and takes no weight for it", async () => {
    const unreachable = {
      reporters: 3,
      callers: 3,
      since: "2026-01-01T00:00:00Z",
      cause: "connection reset",
    };
    shopOf(detail("payments-1", { state: "gone", unreachable }));
    renderInApp(<InstancesTab service="payments" />);
    expect((await weightOf("payments-1")).disabled).toBe(true);
    expect(screen.getByText("gone")).toBeTruthy();
    expect(screen.getByText(/reported by 3 of 3 callers/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Drain payments-1" })).toBeNull();
  });

  it("drains after a confirmation that says what it does", async () => {
    const sent = shopOf(detail("payments-1"), detail("payments-2"));
    renderInApp(<InstancesTab service="payments" />);
    await userEvent.click(await screen.findByRole("button", { name: "Drain payments-2" }));
    expect(screen.getByText(/what is in flight finishes/)).toBeTruthy();
    await userEvent.type(screen.getByLabelText("Reason"), "new kernel");
    await userEvent.click(screen.getByRole("button", { name: "Drain" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent.find((s) => s.method === "PUT")?.body).toMatchObject({ drain: true, reason: "new kernel" });
  });

  it("shows a viewer the weights, and no control", async () => {
    shopOf(detail("payments-1"));
    renderInApp(<InstancesTab service="payments" />, { role: "viewer", services: [] });
    expect((await screen.findByRole("row", { name: /payments-1/ })).textContent).toContain("100");
    expect(screen.queryAllByRole("button")).toEqual([]);
    expect(screen.queryByRole("slider")).toBeNull();
  });
});
