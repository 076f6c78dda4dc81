import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { alertsSearch } from "@/features/alerts/search";
import { auditSearch } from "@/features/audit/search";
import { invokeSearch } from "@/features/invoke/search";
import { metricsSearch } from "@/features/metrics/search";
import { serviceSearch } from "@/features/services/search";
import { signInSearch } from "@/features/session/search";
import { topologySearch } from "@/features/topology/search";
import { traceSearch, tracesSearch } from "@/features/traces/search";
import { ApiError, setCsrfToken } from "@/lib/api/client";
import { sessionQuery, setupQuery } from "@/lib/api/queries";
import { Failed, NotFound } from "./Failed";
import { Shell } from "./Shell";

interface RouterContext {
  client: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({
  errorComponent: Failed,
});

const session = () => import("@/features/session/routes");
const services = () => import("@/features/services/routes");
const traces = () => import("@/features/traces/routes");

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: signInSearch,
  component: lazyRouteComponent(session, "SignInPage"),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(session, "SetupPage"),
});

/** Everything inside needs a session. */
const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: Shell,
  beforeLoad: async ({ context: { client }, location }) => {
    try {
      setCsrfToken((await client.ensureQueryData(sessionQuery)).csrfToken);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      const { required } = await client.fetchQuery(setupQuery);
      throw required
        ? redirect({ to: "/setup" })
        : redirect({ to: "/sign-in", search: { to: location.href } });
    }
  },
});

const index = createRoute({
  getParentRoute: () => shell,
  path: "/",
  component: lazyRouteComponent(() => import("@/features/home/routes"), "component"),
});

const topology = createRoute({
  getParentRoute: () => shell,
  path: "/topology",
  validateSearch: topologySearch,
  component: lazyRouteComponent(() => import("@/features/topology/routes"), "component"),
});

const serviceList = createRoute({
  getParentRoute: () => shell,
  path: "/services",
  component: lazyRouteComponent(services, "ServicesPage"),
});

const service = createRoute({
  getParentRoute: () => shell,
  path: "/services/$service",
  component: lazyRouteComponent(services, "ServicePage"),
});

const serviceTab = createRoute({
  getParentRoute: () => shell,
  path: "/services/$service/$tab",
  validateSearch: serviceSearch,
  component: lazyRouteComponent(services, "ServicePage"),
});

/** A method's name is two words with a slash between them. */
const method = createRoute({
  getParentRoute: () => shell,
  path: "/services/$service/methods/$owner/$name",
  component: lazyRouteComponent(services, "MethodPage"),
});

const instance = createRoute({
  getParentRoute: () => shell,
  path: "/instances/$instance",
  component: lazyRouteComponent(services, "InstancePage"),
});

const breakers = createRoute({
  getParentRoute: () => shell,
  path: "/breakers",
  component: lazyRouteComponent(() => import("@/features/breakers/routes"), "component"),
});

const alerts = createRoute({
  getParentRoute: () => shell,
  path: "/alerts",
  validateSearch: alertsSearch,
  component: lazyRouteComponent(() => import("@/features/alerts/routes"), "component"),
});

const traceList = createRoute({
  getParentRoute: () => shell,
  path: "/traces",
  validateSearch: tracesSearch,
  component: lazyRouteComponent(traces, "TracesPage"),
});

const trace = createRoute({
  getParentRoute: () => shell,
  path: "/traces/$traceId",
  validateSearch: traceSearch,
  component: lazyRouteComponent(traces, "TracePage"),
});

const metrics = createRoute({
  getParentRoute: () => shell,
  path: "/metrics",
  validateSearch: metricsSearch,
  component: lazyRouteComponent(() => import("@/features/metrics/routes"), "component"),
});

const invoke = createRoute({
  getParentRoute: () => shell,
  path: "/invoke",
  validateSearch: invokeSearch,
  component: lazyRouteComponent(() => import("@/features/invoke/routes"), "component"),
});

const audit = createRoute({
  getParentRoute: () => shell,
  path: "/audit",
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import("@/features/audit/routes"), "component"),
});

const system = createRoute({
  getParentRoute: () => shell,
  path: "/system",
  component: lazyRouteComponent(() => import("@/features/system/routes"), "component"),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: "/settings",
  component: lazyRouteComponent(() => import("@/features/settings/routes"), "component"),
});

const settingsTab = createRoute({
  getParentRoute: () => shell,
  path: "/settings/$tab",
  component: lazyRouteComponent(() => import("@/features/settings/routes"), "component"),
});

/** Any other address: said inside the shell, so that navigation and search are at hand. */
const elsewhere = createRoute({ getParentRoute: () => shell, path: "/$", component: NotFound });

const routeTree = root.addChildren([
  signIn,
  setup,
  shell.addChildren([
    index,
    topology,
    serviceList,
    service,
    serviceTab,
    method,
    instance,
    breakers,
    alerts,
    traceList,
    trace,
    metrics,
    invoke,
    audit,
    system,
    settings,
    settingsTab,
    elsewhere,
  ]),
]);

export function createConsoleRouter(client: QueryClient) {
  return createRouter({ routeTree, context: { client }, defaultPreload: "intent", scrollRestoration: true });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
