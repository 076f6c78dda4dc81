import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { verificationQuery } from "@/lib/api/queries";
import type { AuditVerification } from "@/lib/api/types";
import { ChainNote } from "./ChainNote";

const WHOLE: AuditVerification = {
  rules: {
    verdict: "whole",
    rows: 12,
    fromRevision: 3,
    toRevision: 481,
    since: "2026-11-01T10:00:00Z",
    head: "a".repeat(64),
    start: "0".repeat(64),
    dropped: 0,
    breakCount: 0,
    breaks: [],
  },
  accounts: {
    whole: true,
    rows: 4,
    dropped: 0,
    since: "2026-11-01T10:00:00Z",
    head: "b".repeat(64),
    breaks: [],
  },
};

function show(data: AuditVerification) {
  const client = new QueryClient();
  client.setQueryData(verificationQuery.queryKey, data);
  render(
    <QueryClientProvider client={client}>
      <ChainNote />
    </QueryClientProvider>,
  );
}

describe("ChainNote", () => {
  it("says quietly that the chain is whole, and to where", () => {
    show(WHOLE);
    expect(screen.getByText(/12 rows to r481/)).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("raises an alarm that names the row", () => {
    show({
      ...WHOLE,
      rules: {
        ...WHOLE.rules,
        verdict: "broken",
        breakCount: 1,
        breaks: [
          { kind: "removed", position: 7, revision: 477, id: "01J", detail: "the registry has it no more" },
        ],
      },
    });
    const alarm = screen.getByRole("alert");
    expect(alarm.textContent).toContain("r477");
    expect(alarm.textContent).toContain("the registry has it no more");
  });
});
