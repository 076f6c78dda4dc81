import { useMutation, useQueryClient } from "@tanstack/react-query";

/** Sends a change of rules or silences; both lists are read again. */
export function useAlertChange<R>(change: () => Promise<R>, onDone: () => void) {
  const client = useQueryClient();
  return useMutation<R, Error>({
    mutationFn: change,
    onSuccess: () => {
      for (const name of ["alerts", "alert-rules", "audit"])
        void client.invalidateQueries({ queryKey: [name] });
      onDone();
    },
  });
}
