import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import { setCsrfToken } from "@/lib/api/client";
import { sessionQuery } from "@/lib/api/queries";
import type { Session } from "@/lib/api/types";

/** After sign-in: keep the session, go where the user wanted to. */
export function useEnter(to: string | undefined) {
  const client = useQueryClient();
  const router = useRouter();
  return useCallback(
    (session: Session) => {
      setCsrfToken(session.csrfToken);
      client.setQueryData(sessionQuery.queryKey, session);
      router.history.replace(to ?? "/topology");
    },
    [client, router, to],
  );
}
