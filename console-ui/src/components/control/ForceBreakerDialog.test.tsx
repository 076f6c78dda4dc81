import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { problem, renderInApp, serve } from "@/testing/render";
import { ForceBreakerDialog } from "./ForceBreakerDialog";

const target = {
  caller: "orders",
  service: "payments",
  method: "",
  instance: "",
  forced: null,
  choice: "OPEN" as const,
};
const submit = () => screen.getByRole<HTMLButtonElement>("button", { name: "Force open" });

describe("ForceBreakerDialog", () => {
  it("asks for a reason, says what happens, and sends what the command says", async () => {
    const sent = serve({ "PUT /services/payments/breakers": { service: "payments", revision: 473 } });
    const onClose = vi.fn();
    renderInApp(<ForceBreakerDialog target={target} onClose={onClose} />);
    expect(screen.getByText(/refused at the caller, at once/)).toBeTruthy();
    expect(submit().disabled).toBe(true);
    await userEvent.type(screen.getByLabelText("Reason"), " bank is down ");
    const expected = { caller: "orders", state: "OPEN", reason: "bank is down", ttlSeconds: 900 };
    expect(screen.getByRole("region", { name: "Equal command" }).textContent).toContain(
      JSON.stringify(expected),
    );
    await userEvent.click(submit());
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(sent.find((s) => s.method === "PUT")?.body).toEqual(expected);
  });

  it("stays open and says why when the server refuses", async () => {
    serve({ "PUT /services/payments/breakers": () => problem(403, "found role viewer, expected operator") });
    const onClose = vi.fn();
    renderInApp(<ForceBreakerDialog target={target} onClose={onClose} />);
    await userEvent.type(screen.getByLabelText("Reason"), "x");
    await userEvent.click(submit());
    expect((await screen.findByRole("alert")).textContent).toContain("expected operator");
    expect(onClose).not.toHaveBeenCalled();
  });
});
