import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import type { SignedOut } from "@/lib/api/types";

const KEY = "clearspan.left";

/** How the last sign-out went: at the provider too, only here with a session left there, or whole. */
export type Left = { at: "both" } | { at: "here"; issuer: string };

/** Goes where a sign-out leads: to the provider, which sends the browser back, or to the page of sign-in. */
export function useLeave() {
  const client = useQueryClient();
  const router = useRouter();
  return async (out: SignedOut) => {
    client.clear();
    sessionStorage.setItem(KEY, JSON.stringify({ state: out.state, issuer: out.stillAt }));
    if (out.goTo) window.location.assign(out.goTo);
    else await router.navigate({ to: "/sign-in" });
  };
}

/**
 * What to tell who comes to the page of sign-in, once.
 *
 * @param state what the provider sent back; without the one that this tab left with it tells nothing
 */
export function takeLeft(state: string | undefined): Left | null {
  const text = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (!text) return null;
  const { state: sent, issuer } = JSON.parse(text) as { state: string | null; issuer: string | null };
  if (issuer) return { at: "here", issuer };
  return sent && sent === state ? { at: "both" } : null;
}
