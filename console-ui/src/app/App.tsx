import { MantineProvider } from "@mantine/core";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useSyncExternalStore } from "react";
import { ApiError } from "@/lib/api/client";
import { sessionQuery } from "@/lib/api/queries";
import { currentLocale, subscribeLocale } from "@/lib/i18n";
import { theme } from "@/lib/theme/mantine";
import { currentScheme, subscribeScheme } from "@/lib/theme/scheme";
import { createConsoleRouter } from "./router";

const client = new QueryClient({
  queryCache: new QueryCache({ onError: onQueryError }),
  defaultOptions: {
    queries: {
      refetchOnWindowFocus: false,
      retry: (failures, error) =>
        failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
    },
  },
});
const router = createConsoleRouter(client);

/** A session that ended leads back to the sign-in, and from there to where one was. */
function onQueryError(error: Error) {
  if (!(error instanceof ApiError) || error.status !== 401) return;
  const { href, pathname } = router.state.location;
  if (pathname === "/sign-in" || pathname === "/setup" || pathname === "/") return;
  client.removeQueries({ queryKey: sessionQuery.queryKey });
  void router.navigate({ to: "/sign-in", search: { to: href } });
}

export function App() {
  const locale = useSyncExternalStore(subscribeLocale, currentLocale);
  const scheme = useSyncExternalStore(subscribeScheme, currentScheme);
  return (
    // Variables and classes come from style sheets: injected style elements would break the content security policy.
    <MantineProvider
      theme={theme}
      forceColorScheme={scheme}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={client}>
        <RouterProvider key={locale} router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
