import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { problem, renderInApp, serve } from "@/testing/render";
import { PolicyPreview } from "./PolicyPreview";

const DRAFT = { service: { deadline: { timeout: "0.3s" } } };
const PATH = "POST /services/payments/policy/preview";
const NOTHING = {
  service: "payments",
  revision: 1,
  from: "",
  to: "",
  calls: 1200,
  rules: [],
  callers: [],
  splits: [],
  breakers: [],
  deadlines: [],
  retries: [],
  unpredicted: [],
  examples: [],
};

async function preview(answer: unknown) {
  const sent = serve({ [PATH]: answer });
  renderInApp(<PolicyPreview service="payments" draft={DRAFT} />);
  await userEvent.click(screen.getByRole("button", { name: "Preview effects" }));
  return sent;
}

describe("PolicyPreview", () => {
  it("asks with the draft, and says when it changes nothing", async () => {
    const sent = await preview(NOTHING);
    await screen.findByText("The draft changes nothing.");
    expect(sent.map((one) => one.body)).toEqual([DRAFT]);
  });

  it("shows who wins, what would be cut and what cannot be predicted", async () => {
    await preview({
      ...NOTHING,
      rules: [
        {
          field: "deadline.timeout",
          methods: ["shop.Payments/Charge"],
          before: { value: null, layer: "CODE_OR_DEFAULT" },
          after: { value: "0.300s", layer: "SERVICE" },
          why: "because",
        },
      ],
      deadlines: [
        {
          caller: "orders",
          method: "shop.Payments/Charge",
          field: "deadline",
          limitMillis: 300,
          calls: 1200,
          atLeast: 12,
          atMost: 20,
        },
      ],
      unpredicted: [{ field: "hedge", why: "by chance" }],
    });
    await screen.findByText("0.300s (service)");
    expect(screen.getByText(/12–20 of 1200 took longer than/)).toBeTruthy();
    expect(screen.getByText(/by chance/)).toBeTruthy();
  });

  it("shows why a draft is refused", async () => {
    await preview(() => problem(422, "99 (expected: 1 to 5)"));
    await screen.findByText("99 (expected: 1 to 5)");
  });
});
