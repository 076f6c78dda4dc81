// What this tab changed and can still undo: kept beside the query cache, never sent anywhere.
import { useSyncExternalStore } from "react";

export const UNDO_MILLIS = 30_000;

export interface Undoable {
  service: string;
  revision: number;
  committedAt: number;
  undo: () => Promise<unknown>;
}

let undoables: Undoable[] = [];
const subscribers = new Set<() => void>();

function update(next: Undoable[]) {
  undoables = next;
  for (const listener of subscribers) listener();
}

export function offerUndo(entry: Omit<Undoable, "committedAt">) {
  const committedAt = Date.now();
  update([...undoables.filter((u) => committedAt - u.committedAt < UNDO_MILLIS), { ...entry, committedAt }]);
}

export async function runUndo(entry: Undoable) {
  update(undoables.filter((u) => u !== entry));
  await entry.undo();
}

function subscribe(listener: () => void) {
  subscribers.add(listener);
  return () => void subscribers.delete(listener);
}

export function useUndoable(service: string, revision: number): Undoable | undefined {
  const all = useSyncExternalStore(subscribe, () => undoables);
  return all.find((u) => u.service === service && u.revision === revision);
}
