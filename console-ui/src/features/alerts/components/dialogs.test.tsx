import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { problem, renderInApp, serve } from "@/testing/render";
import { newRule } from "../model/ruleForm";
import { DeleteRuleDialog } from "./DeleteRuleDialog";
import { RuleDialog } from "./RuleDialog";
import { SilenceDialog } from "./SilenceDialog";

const nothing = () => {};
const base = { "GET /services": [{ service: "orders" }], "GET /alerts/rules": { rules: [], ignored: [] } };
const changed = { service: "orders", revision: 481, auditId: "a", at: "2026-01-01T00:00:00Z" };

describe("RuleDialog", () => {
  it("previews and stores the rule on top of the revision that was read", async () => {
    const found = {
      targets: [
        {
          target: { service: "orders", method: "", caller: "", instance: "" },
          value: 12,
          holds: true,
          detail: "90 calls",
        },
      ],
      more: 0,
      detail: "",
      rule: newRule("orders"),
    };
    const sent = serve({
      ...base,
      "POST /alerts/rules/preview": found,
      "PUT /alerts/rules/orders-fail": changed,
    });
    renderInApp(<RuleDialog rule={newRule("orders")} revision={0} fresh onClose={nothing} />);
    const save = screen.getByRole<HTMLButtonElement>("button", { name: "Save rule" });
    expect(save.disabled).toBe(true);
    await userEvent.type(screen.getByLabelText("Id"), "orders-fail");
    await userEvent.click(screen.getByRole("button", { name: "Would it fire now?" }));
    expect((await screen.findByText(/It would fire for 1 of 1 target/)).textContent).toContain("long enough");
    await userEvent.type(screen.getByLabelText("Reason"), "ticket 7");
    await userEvent.click(save);
    await waitFor(() => expect(sent.some(({ method }) => method === "PUT")).toBe(true));
    const put = sent.find(({ method }) => method === "PUT");
    expect(put?.path).toBe("/alerts/rules/orders-fail?reason=ticket+7");
    expect(put?.headers["If-Match"]).toBe('"0"');
    expect(put?.body).toMatchObject({ kind: "error_share", target: { service: "orders" } });
  });

  it("says why the server refuses", async () => {
    serve({ ...base, "PUT /alerts/rules/r": () => problem(409, "ctl/alert/rule/r is at revision 9 now") });
    renderInApp(<RuleDialog rule={{ ...newRule("orders"), id: "r" }} revision={4} onClose={nothing} />);
    await userEvent.type(screen.getByLabelText("Reason"), "x");
    await userEvent.click(screen.getByRole("button", { name: "Save rule" }));
    expect((await screen.findByRole("alert")).textContent).toContain("revision 9");
  });

  it("refuses a runbook that is no web address before it is sent", async () => {
    serve(base);
    renderInApp(<RuleDialog rule={{ ...newRule("orders"), id: "r" }} revision={4} onClose={nothing} />);
    await userEvent.type(screen.getByLabelText("Runbook"), "javascript:alert(1)");
    await userEvent.type(screen.getByLabelText("Reason"), "x");
    expect(screen.getByText("http:// or https:// only")).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Save rule" }).disabled).toBe(true);
  });
});

describe("SilenceDialog", () => {
  it("mutes what it names for a while, with a reason", async () => {
    const sent = serve({ ...base, "POST /alerts/silences": changed });
    renderInApp(<SilenceDialog rule="service-errors" service="orders" onClose={nothing} />);
    await userEvent.selectOptions(screen.getByLabelText("For"), "14400");
    await userEvent.type(screen.getByLabelText("Reason"), "known");
    await userEvent.click(screen.getByRole("button", { name: "Silence" }));
    await waitFor(() =>
      expect(sent.find(({ method }) => method === "POST")?.body).toEqual({
        rule: "service-errors",
        service: "orders",
        seconds: 14_400,
        reason: "known",
      }),
    );
  });
});

describe("DeleteRuleDialog", () => {
  it("says that the built-in rule holds again", async () => {
    const sent = serve({ ...base, "DELETE /alerts/rules/r": changed });
    const outcome = { targets: 0, firing: 0, pending: 0, noData: 0, detail: "" };
    const entry = { rule: { ...newRule(""), id: "r" }, origin: "overridden" as const, revision: 7, outcome };
    renderInApp(<DeleteRuleDialog entry={entry} onClose={nothing} />);
    expect(screen.getByText(/the built-in rule holds again/)).toBeTruthy();
    await userEvent.type(screen.getByLabelText("Reason"), "x");
    await userEvent.click(screen.getByRole("button", { name: "Reset" }));
    await waitFor(() =>
      expect(sent.find(({ method }) => method === "DELETE")?.headers["If-Match"]).toBe('"7"'),
    );
  });
});
