import { useMutation, useQueryClient } from "@tanstack/react-query";

/** Sends a change of users or tokens; lists and log are read again. */
export function useAccountChange<V, R>(change: (variables: V) => Promise<R>, onDone: (result: R) => void) {
  const client = useQueryClient();
  return useMutation<R, Error, V>({
    mutationFn: change,
    onSuccess: (result) => {
      for (const name of ["users", "tokens", "account-changes"])
        void client.invalidateQueries({ queryKey: [name] });
      onDone(result);
    },
  });
}
