import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterContextProvider,
} from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ReactElement } from "react";
import { sessionQuery } from "@/lib/api/queries";
import type { Account } from "@/lib/api/rights";
import { theme } from "@/lib/theme/mantine";
import { sessionOf } from "./fixtures";

export interface Sent {
  method: string;
  path: string;
  body: unknown;
  headers: Record<string, string>;
}

/** Renders inside the providers that pages have, signed in as an admin or as somebody else; queries never refetch by themselves. */
export function renderInApp(element: ReactElement, user: Account = { role: "admin", services: [] }) {
  const client = new QueryClient({
    defaultOptions: {
      queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, refetchInterval: false },
    },
  });
  client.setQueryData(sessionQuery.queryKey, sessionOf(user));
  const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() });
  const view = render(
    <RouterContextProvider router={router as never}>
      <MantineProvider theme={theme} env="test">
        <QueryClientProvider client={client}>{element}</QueryClientProvider>
      </MantineProvider>
    </RouterContextProvider>,
  );
  return { ...view, client };
}

/** Answers fetch from a table of "METHOD /path" and records what was sent. */
export function serve(answers: Record<string, unknown | (() => Response)>): Sent[] {
  const sent: Sent[] = [];
  globalThis.fetch = async (input, init) => {
    const url = new URL(String(input), "http://console");
    const path = url.pathname.replace("/api/v1", "");
    const route = `${init?.method ?? "GET"} ${path}`;
    const body = init?.body ? JSON.parse(String(init.body)) : undefined;
    sent.push({
      method: init?.method ?? "GET",
      path: path + url.search,
      body,
      headers: (init?.headers ?? {}) as Record<string, string>,
    });
    const answer = answers[route];
    if (typeof answer === "function") return (answer as () => Response)();
    if (answer === undefined) return problem(404, `no answer for ${route}`);
    return Response.json(answer);
  };
  return sent;
}

export function problem(status: number, detail: string, more: Record<string, unknown> = {}): Response {
  return Response.json(
    { type: "about:blank", title: "Refused", status, detail, ...more },
    { status, headers: { "content-type": "application/problem+json" } },
  );
}
