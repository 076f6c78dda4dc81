package dev.clearspan.rpc.internal.dns;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;

/**
 * The content of an SRV record (RFC 2782).
 *
 * @param target a host name, without a dot at its end
 */
public record ServiceRecord(int priority, int weight, int port, String target) {
  private static final int NUMBERS_BYTES = 6;

  /**
   * Reads a record's content.
   *
   * @throws IllegalArgumentException if it is too short or its name malformed
   */
  static ServiceRecord read(ByteBuf content) {
    if (content.readableBytes() <= NUMBERS_BYTES) {
      throw new IllegalArgumentException(
          "SRV record: " + content.readableBytes() + " bytes (expected: more than 6)");
    }
    ByteBuf in = content.duplicate();
    int priority = in.readUnsignedShort();
    int weight = in.readUnsignedShort();
    int port = in.readUnsignedShort();
    String name = DefaultDnsRecordDecoder.decodeName(in);
    return new ServiceRecord(
        priority, weight, port, name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
  }
}
