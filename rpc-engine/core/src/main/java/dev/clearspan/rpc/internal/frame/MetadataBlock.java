package dev.clearspan.rpc.internal.frame;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Metadata;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** Metadata on the wire: number of entries (2), then key and value of each as text. */
final class MetadataBlock {
  private MetadataBlock() {}

  /** Upper bound of what {@link #write} appends. */
  static int size(Metadata metadata) {
    int size = 2;
    for (Metadata.Entry entry : metadata.entries()) {
      size += 4 + entry.key().length() + entry.value().length();
    }
    return size;
  }

  static void write(ByteBuf out, Metadata metadata) {
    out.writeShort(metadata.entries().size());
    for (Metadata.Entry entry : metadata.entries()) {
      WireText.write(out, entry.key());
      WireText.write(out, entry.value());
    }
  }

  static Metadata read(ByteBuf in, Limits limits) {
    WireText.need(in, 2, "metadata");
    int count = in.readUnsignedShort();
    check("metadata entries", count, limits.metadataEntries());
    List<Metadata.Entry> entries = new ArrayList<>(count);
    int bytes = 0;
    for (int i = 0; i < count; i++) {
      String key = WireText.read(in, limits.metadataBytes(), "metadata key");
      String value = WireText.read(in, limits.metadataBytes(), "metadata value");
      bytes += key.length() + value.length();
      check("metadata bytes", bytes, limits.metadataBytes());
      entries.add(entry(key, value));
    }
    return Metadata.of(entries);
  }

  /** Passes over what {@link #write} has written. */
  static void skip(ByteBuf in) {
    int texts = 2 * in.readUnsignedShort();
    for (int i = 0; i < texts; i++) {
      in.skipBytes(in.readUnsignedShort());
    }
  }

  private static Metadata.Entry entry(String key, String value) {
    try {
      return new Metadata.Entry(key, value);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException(GoAway.Reason.PROTOCOL_ERROR, String.valueOf(e.getMessage()));
    }
  }

  private static void check(String what, int found, int most) {
    if (found > most) {
      throw new ProtocolException(
          GoAway.Reason.METADATA_TOO_LARGE, what + ": " + found + " (expected: <= " + most + ")");
    }
  }
}
