import { useMutation, useQueryClient } from "@tanstack/react-query";
import { acksQuery } from "@/lib/api/queries";
import type { ChangeResult } from "@/lib/api/types";
import { offerUndo } from "@/lib/live/changes";

/** Puts back what was there, on top of what the change made. */
type Undo = (done: ChangeResult) => Promise<unknown>;

interface ChangeOptions<V> {
  change: (variables: V) => Promise<ChangeResult>;
  /** Made before the change, so that it restores what was there. */
  undo?: (variables: V) => Undo;
  onDone?: (result: ChangeResult) => void;
}

/** Sends a change; its audit row and acknowledgements then arrive by the stream. */
export function useChange<V>({ change, undo, onDone }: ChangeOptions<V>) {
  const client = useQueryClient();
  return useMutation<ChangeResult, Error, V, { undo: Undo | undefined }>({
    mutationFn: change,
    onMutate: (variables) => ({ undo: undo?.(variables) }),
    onSuccess: (result, _variables, context) => {
      const { service, revision } = result;
      const { undo: restore } = context;
      if (restore) offerUndo({ service, revision, undo: () => restore(result) });
      void client.prefetchQuery(acksQuery(service, revision));
      for (const name of ["audit", "breakers", "topology"])
        void client.invalidateQueries({ queryKey: [name] });
      for (const name of ["instances", "service", "policy", "policy-versions", "kept-callers"]) {
        void client.invalidateQueries({ queryKey: [name, service] });
      }
      onDone?.(result);
    },
  });
}
