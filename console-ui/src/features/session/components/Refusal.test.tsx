import { act, fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { PasswordField } from "@/components/ui/PasswordField";
import { ApiError, request } from "@/lib/api/client";
import { problem, renderInApp, serve } from "@/testing/render";
import { Refusal } from "./Refusal";

const tooMany = (seconds: number | null) =>
  new ApiError(
    { type: "about:blank", title: "Too Many Requests", status: 429, detail: "Too many failed sign-ins." },
    seconds === null ? null : Date.now() + seconds * 1_000,
  );

describe("why one is not let in", () => {
  afterEach(() => vi.useRealTimers());

  it("counts down to when it may be tried again", () => {
    vi.useFakeTimers();
    renderInApp(<Refusal error={tooMany(125)} />);
    expect(screen.getByText("Try again in 2:05.")).toBeTruthy();
    act(() => vi.advanceTimersByTime(66_000));
    expect(screen.getByText("Try again in 0:59.")).toBeTruthy();
    act(() => vi.advanceTimersByTime(60_000));
    expect(screen.getByText("You may try again now.")).toBeTruthy();
  });

  it("says what the server says where that names no time", () => {
    renderInApp(<Refusal error={tooMany(null)} />);
    expect(screen.getByRole("alert").textContent).toContain("Too many failed sign-ins.");
  });

  it("knows the time from the answer's header", async () => {
    serve({
      "POST /session": () => {
        const answer = problem(429, "Too many failed sign-ins.");
        answer.headers.set("retry-after", "60");
        return answer;
      },
    });
    const refused = (await request("POST", "/session").catch((error: unknown) => error)) as ApiError;
    expect(refused.retryAt).toBeGreaterThan(Date.now() + 55_000);
  });
});

describe("a password's field", () => {
  it("says while Caps Lock is on, and no longer", async () => {
    renderInApp(<PasswordField label="Password" value="" onChange={() => {}} />);
    const input = screen.getByLabelText("Password");
    fireEvent.keyDown(input, { key: "A", modifierCapsLock: true });
    expect(screen.getByRole("status").textContent).toBe("Caps Lock is on.");
    fireEvent.keyUp(input, { key: "CapsLock" });
    expect(screen.getByRole("status").textContent).toBe("");
    await userEvent.click(screen.getByRole("button", { name: "Show password" }));
    expect(screen.getByLabelText<HTMLInputElement>("Password").type).toBe("text");
  });
});
