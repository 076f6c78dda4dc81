import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Absence } from "@/lib/api/types";
import { system } from "@/testing/fixtures";
import { renderInApp, serve } from "@/testing/render";
import { MissingTrace } from "./MissingTrace";

const ID = "48cf1f7392731c6c7f29ce4117c02841";
const LIKE_IT = "aaaabbbbccccddddaaaabbbbccccdddd";
const absence = (more: Partial<Absence> = {}): Absence => ({
  cause: "UNKNOWN",
  shed: [],
  lost: [],
  retention: { hours: 24, maxBytes: 2_147_483_648, oldest: new Date(Date.now() - 10_800_500).toISOString() },
  arrivalSeconds: 5,
  reporting: 12,
  ...more,
});

async function page(given: Absence, looking = false, onLook = () => {}) {
  serve({ "GET /system": system() });
  renderInApp(<MissingTrace traceId={ID} absence={given} looking={looking} onLook={onLook} />);
  await screen.findByRole("heading", { name: "This trace is not here" });
}

describe("MissingTrace", () => {
  it("says when it was shed, how much was, and links one like it", async () => {
    const shed = {
      service: "payments",
      from: "2026-01-01T12:03:00Z",
      to: "2026-01-01T12:03:40Z",
      share: 0.83,
      count: 41_200,
      processes: 3,
      similarTraceId: LIKE_IT,
    };
    await page(absence({ cause: "SHED", shed: [shed] }));
    expect(screen.getByText(/more traces were to be kept than payments could send/)).toBeTruthy();
    expect(screen.getByRole("row").textContent).toMatch(/:03:00 to \d\d:03:40.*83.*of its traces shed/);
    expect(screen.getByRole("link", { name: "One like it that was kept" }).getAttribute("href")).toBe(
      `/traces/${LIKE_IT}`,
    );
  });

  it("names who has lost records, and at which stage", async () => {
    const loss = { service: "orders", instance: "orders-1", stage: "queue_full", count: 7, at: null };
    await page(absence({ cause: "LOST", lost: [loss] }));
    expect(screen.getByRole("row").textContent).toBe("orders-1 of orders lost 7 recordsexport queue full");
  });

  it("doubts the ID when nothing explains its absence, and says how far back traces go", async () => {
    await page(absence());
    expect(await screen.findByText(/None of the 12 processes.*of this environment \(test\)\?/)).toBeTruthy();
    expect(screen.getByText(/kept for 24 h and up to 2\sGiB. The oldest here arrived 3 h ago/)).toBeTruthy();
  });

  it("doubts that telemetry comes when no process reports", async () => {
    await page(absence({ reporting: 0 }));
    expect(screen.getByText(/No process reports its recorder here/)).toBeTruthy();
  });

  it("looks again by itself at first, and then when asked", async () => {
    const onLook = vi.fn();
    await page(absence(), true, onLook);
    expect(screen.getByRole("status").textContent).toContain("less than 5 s ago");
    expect(screen.queryByRole("button", { name: "Look again" })).toBeNull();
  });

  it("offers to look again once it has given up", async () => {
    const onLook = vi.fn();
    await page(absence(), false, onLook);
    screen.getByRole("button", { name: "Look again" }).click();
    expect(onLook).toHaveBeenCalled();
  });
});
