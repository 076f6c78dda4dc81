package dev.clearspan.rpc.network;

import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;

/**
 * One unary attempt on its way. Whoever carries it ends it, once; ending it again does nothing, so
 * that an answer may cross its cancellation. Thread-safe.
 */
public interface Exchange {
  /** Full name, "package.Service/Method". */
  String method();

  /** How much it matters to the caller. */
  Criticality criticality();

  /** 1 for the first of its call. */
  int attempt();

  /** When the caller gives it up, on the channel's ticker. */
  long deadlineNanos();

  Metadata metadata();

  /** The request's payload, encoded when it is asked for. */
  byte[] request();

  /** Whether it has ended, by an answer or because the caller gave it up. */
  boolean isOver();

  /**
   * The handler has answered.
   *
   * @param payload of the reply; not to be changed any more
   * @param serverNanos time the server took; -1 unknown
   * @param queueNanos part of it before the handler; -1 unknown
   */
  void reply(byte[] payload, long serverNanos, long queueNanos);

  /** The server has answered with an error; a handler may have run. */
  void fail(Status status, long serverNanos, long queueNanos);

  /**
   * The server swears that no handler ran.
   *
   * @param metadata what it says of it: which limit it was, when to come again
   */
  void refuse(Status status, Metadata metadata);

  /** The line was lost: a handler may have run. */
  void lose(String cause);
}
