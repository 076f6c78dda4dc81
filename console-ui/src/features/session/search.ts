export interface SignInSearch {
  /** Where to go afterwards; only a path of this console. */
  to?: string | undefined;
}

export function signInSearch(raw: Record<string, unknown>): SignInSearch {
  const { to } = raw;
  return { to: typeof to === "string" && to.startsWith("/") && !to.startsWith("//") ? to : undefined };
}

/** The token in "#token=..."; a hash never reaches the server or its logs. */
export function tokenInHash(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, "")).get("token");
}
