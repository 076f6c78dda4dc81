package dev.clearspan.rpc.internal.frame;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.internal.coding.Coding;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Who speaks and what it accepts: fields of tag (1), length (2), value, in any order. Unknown tags
 * are skipped, absent fields have the defaults.
 *
 * @param service the speaker's service
 * @param instanceId its instance id
 * @param incarnation random for each start of its process
 * @param messageBytes largest message it accepts
 * @param inFlight most calls in flight it accepts on this connection
 * @param keepaliveMillis shortest time between two pings it accepts
 * @param windows credit that streams to it begin with; none from a process that speaks no streams
 * @param codings the compressed messages it takes
 * @param loadMillis shortest time between two load reports it wants; 0: it wants none
 * @param renews whether it opens another connection when told to by GOAWAY
 */
public record Hello(
    String service,
    String instanceId,
    String incarnation,
    int messageBytes,
    int inFlight,
    int keepaliveMillis,
    StreamWindows windows,
    Codings codings,
    int loadMillis,
    boolean renews) {

  static final int MAX_BYTES = 4096;

  private static final int SERVICE = 1;
  private static final int INSTANCE = 2;
  private static final int INCARNATION = 3;
  private static final int MESSAGE_BYTES = 4;
  private static final int IN_FLIGHT = 5;
  private static final int KEEPALIVE_MILLIS = 6;
  private static final int STREAM_WINDOW = 7;
  private static final int CONNECTION_WINDOW = 8;
  private static final int CODINGS = 9;
  private static final int LOAD_MILLIS = 10;
  private static final int LOAD_INTERVAL_MILLIS = 100;
  private static final int ABILITIES = 0x10;
  private static final int RENEWS = 1;
  private static final int PACKED_STREAMS = 2;

  /** What a process says that has no further abilities. */
  public Hello(
      String service,
      String instanceId,
      String incarnation,
      int messageBytes,
      int inFlight,
      int keepaliveMillis,
      StreamWindows windows) {
    this(
        service,
        instanceId,
        incarnation,
        messageBytes,
        inFlight,
        keepaliveMillis,
        windows,
        Codings.NONE,
        0,
        false);
  }

  /** What a process with this identity and these limits says. */
  public static Hello of(ProcessIdentity identity, Limits limits) {
    return new Hello(
        identity.service(),
        identity.instanceId(),
        identity.processId(),
        limits.messageBytes(),
        limits.inFlightPerConnection(),
        (int) limits.keepaliveMinimum().toMillis(),
        StreamWindows.of(limits),
        Codings.OURS,
        LOAD_INTERVAL_MILLIS,
        true);
  }

  /** Appends the complete frame. */
  public void write(ByteBuf out) {
    int start = out.writerIndex();
    out.writeZero(FrameHeader.LENGTH);
    writeText(out, SERVICE, service);
    writeText(out, INSTANCE, instanceId);
    writeText(out, INCARNATION, incarnation);
    writeNumber(out, MESSAGE_BYTES, messageBytes);
    writeNumber(out, IN_FLIGHT, inFlight);
    writeNumber(out, KEEPALIVE_MILLIS, keepaliveMillis);
    writeNumber(out, STREAM_WINDOW, windows.stream());
    writeNumber(out, CONNECTION_WINDOW, windows.connection());
    if (!codings.known().isEmpty()) {
      writeText(out, CODINGS, codings.text());
    }
    if (loadMillis > 0) {
      writeNumber(out, LOAD_MILLIS, loadMillis);
    }
    int abilities = (renews ? RENEWS : 0) | (codings.inStreams() ? PACKED_STREAMS : 0);
    if (abilities != 0) {
      writeNumber(out, ABILITIES, abilities);
    }
    out.setInt(start, out.writerIndex() - start - FrameHeader.LENGTH);
    out.setByte(start + 4, FrameType.HELLO);
  }

  /** Reads a payload. */
  public static Hello read(ByteBuf in) {
    if (in.readableBytes() > MAX_BYTES) {
      throw new ProtocolException(
          GoAway.Reason.PROTOCOL_ERROR,
          "HELLO: " + in.readableBytes() + " bytes (expected: <= " + MAX_BYTES + ")");
    }
    Fields fields = new Fields();
    while (in.isReadable()) {
      WireText.need(in, 3, "HELLO field");
      int tag = in.readUnsignedByte();
      int length = in.readUnsignedShort();
      WireText.need(in, length, "HELLO field " + tag);
      fields.accept(tag, in.readSlice(length));
    }
    return fields.toHello();
  }

  private static void writeText(ByteBuf out, int tag, String value) {
    out.writeByte(tag);
    WireText.write(out, value);
  }

  private static void writeNumber(ByteBuf out, int tag, int value) {
    out.writeByte(tag).writeShort(4).writeInt(value);
  }

  private static final class Fields {
    private String service = "";
    private String instanceId = "";
    private String incarnation = "";
    private int messageBytes = Limits.DEFAULT.messageBytes();
    private int inFlight = Limits.DEFAULT.inFlightPerConnection();
    private int keepaliveMillis = (int) Limits.DEFAULT.keepaliveMinimum().toMillis();
    private int streamWindow = StreamWindows.NONE.stream();
    private int connectionWindow = StreamWindows.NONE.connection();
    private Set<Coding> codings = Set.of();
    private int loadMillis;
    private int abilities;

    void accept(int tag, ByteBuf value) {
      switch (tag) {
        case SERVICE -> service = value.toString(StandardCharsets.UTF_8);
        case INSTANCE -> instanceId = value.toString(StandardCharsets.UTF_8);
        case INCARNATION -> incarnation = value.toString(StandardCharsets.UTF_8);
        case MESSAGE_BYTES -> messageBytes = number(tag, value);
        case IN_FLIGHT -> inFlight = number(tag, value);
        case KEEPALIVE_MILLIS -> keepaliveMillis = number(tag, value);
        case STREAM_WINDOW -> streamWindow = number(tag, value);
        case CONNECTION_WINDOW -> connectionWindow = number(tag, value);
        case CODINGS -> codings = Codings.named(value.toString(StandardCharsets.UTF_8));
        case LOAD_MILLIS -> loadMillis = number(tag, value);
        case ABILITIES -> abilities = number(tag, value);
        default -> {
          // A later version's field.
        }
      }
    }

    Hello toHello() {
      return new Hello(
          service,
          instanceId,
          incarnation,
          messageBytes,
          inFlight,
          keepaliveMillis,
          new StreamWindows(streamWindow, connectionWindow),
          new Codings(codings, (abilities & PACKED_STREAMS) != 0),
          loadMillis,
          (abilities & RENEWS) != 0);
    }

    private static int number(int tag, ByteBuf value) {
      WireText.need(value, 4, "HELLO field " + tag);
      return Math.max(0, value.readInt());
    }
  }
}
