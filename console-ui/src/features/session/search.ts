export interface SignInSearch {
  /** Where to go afterwards; only a path of this console. */
  to?: string | undefined;
  /** Why the provider's sign-in came to nothing. */
  problem?: Problem | undefined;
  /** What the provider sends back after a sign-out. */
  state?: string | undefined;
}

const PROBLEMS = ["expired", "refused", "no-role", "name", "unreachable", "throttled"] as const;
export type Problem = (typeof PROBLEMS)[number];

export function signInSearch(raw: Record<string, unknown>): SignInSearch {
  const { to, problem, state } = raw;
  return {
    problem: PROBLEMS.find((known) => known === problem),
    state: typeof state === "string" ? state : undefined,
    to: typeof to === "string" && to.startsWith("/") && !to.startsWith("//") ? to : undefined,
  };
}

/** The token in "#token=..."; a hash never reaches the server or its logs. */
export function tokenInHash(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, "")).get("token");
}
