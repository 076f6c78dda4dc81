package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ledger.AttemptKind;

/** A call, in the eyes of its {@link Course}. */
interface Traveller {
  /** What the caller sends along. */
  Metadata metadata();

  /** How much it matters. */
  Criticality criticality();

  /** Makes an attempt; {@link Course#attemptFailed} is to be told if it fails. */
  void attempt(MethodRoute route, Picker.Pick pick, AttemptKind kind, int number, long now);

  /** Gives the attempt under way up, if there is one; its end is heard as usual. */
  void cancelAttempt(String reason);

  /** The call ends with this. */
  void failed(Failure failure);
}
