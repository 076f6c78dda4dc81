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

  /** A piece of a stream's message. */
  public static final int DATA = 0x09;

  /** The client sends no more messages on this stream. */
  public static final int END = 0x0a;

  /** Credit for DATA, of a stream or of the connection. */
  public static final int WINDOW = 0x0b;

  /** The client asks for the server's part of traces. */
  public static final int COLLECT = 0x0c;

  /** The server's initial metadata of a call. */
  public static final int HEADERS = 0x0d;

  private FrameType() {}
}
