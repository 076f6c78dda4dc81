package dev.clearspan.rpc.internal.frame;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Metadata;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Any bytes read as metadata: refused with a reason, or written back and read to the same. */
public final class MetadataFuzz {
  private MetadataFuzz() {}

  /** Called by the fuzzer before it begins: classes are loaded outside of its time. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput(new byte[Long.BYTES]);
  }

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    Metadata read;
    try {
      read = MetadataBlock.read(Unpooled.wrappedBuffer(input), Limits.DEFAULT);
    } catch (ProtocolException e) {
      return;
    }
    ByteBuf written = Unpooled.buffer();
    MetadataBlock.write(written, read);
    if (written.readableBytes() > MetadataBlock.size(read)) {
      throw new AssertionError(
          "written: %d bytes (expected: <= %d)"
              .formatted(written.readableBytes(), MetadataBlock.size(read)));
    }
    Metadata again = MetadataBlock.read(written, Limits.DEFAULT);
    if (!again.equals(read)) {
      throw new AssertionError(again + " (expected: " + read + ")");
    }
  }
}
