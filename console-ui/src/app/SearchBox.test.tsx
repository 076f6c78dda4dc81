import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { currentScheme, setScheme } from "@/lib/theme/scheme";
import { breaker, detail, shop } from "@/testing/fixtures";
import { renderInApp, serve } from "@/testing/render";
import { SearchBox } from "./SearchBox";

describe("the search box", () => {
  beforeEach(() => setScheme("dark"));

  const typed = (text: string) => {
    const sent = serve({ "GET /topology": shop(), "DELETE /session": {} });
    renderInApp(<SearchBox />);
    fireEvent.keyDown(window, { key: "k", ctrlKey: true });
    const box = screen.getByRole("combobox");
    expect(document.activeElement).toBe(box);
    fireEvent.change(box, { target: { value: text } });
    return { box, sent };
  };

  it("changes the theme by keyboard alone", () => {
    const { box } = typed("light th");
    fireEvent.keyDown(box, { key: "Enter" });
    expect(currentScheme()).toBe("light");
  });

  it("signs out by keyboard alone", () => {
    const { box, sent } = typed("sign out");
    fireEvent.keyDown(box, { key: "Enter" });
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toContain("DELETE /session");
  });

  it("drains an instance by keyboard alone, through the dialog that asks why", async () => {
    const path = "/services/payments/instances";
    const sent = serve({
      "GET /topology": shop(),
      [`GET ${path}`]: [detail("payments-1")],
      [`PUT ${path}/payments-1/control`]: { service: "payments", revision: 480 },
    });
    renderInApp(<SearchBox />);
    await userEvent.keyboard("{Control>}k{/Control}drain payments");
    await screen.findByRole("option", { name: /Drain instance payments-1/ });
    await userEvent.keyboard("{Enter}");
    await screen.findByText(/what is in flight finishes/);
    expect(sent.some(({ method }) => method === "PUT")).toBe(false);
    const reason = screen.getByLabelText("Reason");
    await waitFor(() => expect(document.activeElement).toBe(reason));
    await userEvent.keyboard("new kernel{Enter}");
    await waitFor(() =>
      expect(sent.find(({ method }) => method === "PUT")?.body).toMatchObject({
        drain: true,
        reason: "new kernel",
      }),
    );
  });

  it("sets a weight that the server takes, and no other", async () => {
    const path = "/services/payments/instances";
    const sent = serve({
      "GET /topology": shop(),
      [`GET ${path}`]: [detail("payments-1")],
      [`PUT ${path}/payments-1/control`]: { service: "payments", revision: 480 },
    });
    renderInApp(<SearchBox />);
    await userEvent.keyboard("{Control>}k{/Control}weight payments");
    await screen.findByRole("option", { name: /Set weight of payments-1/ });
    await userEvent.keyboard("{Enter}");
    const weight = await screen.findByLabelText("Weight of payments-1");
    await userEvent.clear(weight);
    await userEvent.type(screen.getByLabelText("Reason"), "slow disk");
    const submit = screen.getByRole<HTMLButtonElement>("button", { name: "Set weight" });
    expect(submit.disabled).toBe(true);
    await userEvent.type(weight, "25");
    await userEvent.click(submit);
    await waitFor(() =>
      expect(sent.find(({ method }) => method === "PUT")?.body).toMatchObject({ weight: 25 }),
    );
  });

  it("forces a breaker open on the edge that was named", async () => {
    const sent = serve({
      "GET /topology": shop(),
      "GET /breakers": [breaker()],
      "PUT /services/payments/breakers": { service: "payments", revision: 480 },
    });
    renderInApp(<SearchBox />);
    await userEvent.keyboard("{Control>}k{/Control}open orders payments");
    await screen.findByRole("option", { name: /Force breaker open: orders → payments/ });
    await userEvent.keyboard("{Enter}");
    await userEvent.type(await screen.findByLabelText("Reason"), "bank is down{Enter}");
    await waitFor(() =>
      expect(sent.find(({ method }) => method === "PUT")?.body).toMatchObject({
        caller: "orders",
        state: "OPEN",
      }),
    );
  });

  it("offers a viewer no way to steer", async () => {
    serve({ "GET /topology": shop() });
    renderInApp(<SearchBox />, { role: "viewer", services: [] });
    await userEvent.keyboard("{Control>}k{/Control}payments");
    await screen.findByRole("option", { name: /^payments-1/ });
    expect(screen.queryByRole("option", { name: /action/ })).toBeNull();
  });
});
