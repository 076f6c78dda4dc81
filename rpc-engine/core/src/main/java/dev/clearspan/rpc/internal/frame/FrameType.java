package dev.clearspan.rpc.internal.frame;

/** Numbers of the frame types. Receivers skip types they do not know. */
public final class FrameType {
  /** Who the sender is and what it accepts; the first frame each way. */
  public static final int HELLO = 0x01;

  /** A call's request, complete. */
  public static final int REQUEST = 0x02;

  /** A call's outcome, complete. */
  public static final int RESPONSE = 0x03;

  /** The caller gave the call up. */
  public static final int CANCEL = 0x04;

  public static final int PING = 0x05;
  public static final int PONG = 0x06;

  /** No further calls, and why. */
  public static final int GOAWAY = 0x07;

  /** Binds a number to a method's name for the rest of the connection. */
  public static final int METHOD = 0x08;

  // Reserved for streaming and for the collection of traces: DATA 0x09, END 0x0a, WINDOW 0x0b,
  // COLLECT 0x0c. Like any unknown type they are skipped.

  private FrameType() {}
}
