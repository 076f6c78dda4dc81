package dev.clearspan.bridge;

import dev.clearspan.rpc.Metadata;
import java.util.ArrayList;
import java.util.List;

/** Metadata of the one as metadata of the other. */
final class Headers {
  private Headers() {}

  /**
   * In Clearspan's form.
   *
   * @throws IllegalArgumentException if there is more than Clearspan carries, or a value is no
   *     printable ASCII
   */
  static Metadata ours(io.grpc.Metadata theirs) {
    List<Metadata.Entry> entries = new ArrayList<>();
    for (String key : theirs.keys()) {
      if (key.endsWith(io.grpc.Metadata.BINARY_HEADER_SUFFIX)) {
        theirs.getAll(binary(key)).forEach(value -> entries.add(Metadata.Entry.binary(key, value)));
      } else {
        theirs.getAll(ascii(key)).forEach(value -> entries.add(new Metadata.Entry(key, value)));
      }
    }
    return Metadata.of(entries);
  }

  /** In gRPC's form. */
  static io.grpc.Metadata theirs(Metadata ours) {
    io.grpc.Metadata metadata = new io.grpc.Metadata();
    for (Metadata.Entry entry : ours.entries()) {
      if (entry.isBinary()) {
        metadata.put(binary(entry.key()), entry.bytes());
      } else {
        metadata.put(ascii(entry.key()), entry.value());
      }
    }
    return metadata;
  }

  private static io.grpc.Metadata.Key<byte[]> binary(String key) {
    return io.grpc.Metadata.Key.of(key, io.grpc.Metadata.BINARY_BYTE_MARSHALLER);
  }

  private static io.grpc.Metadata.Key<String> ascii(String key) {
    return io.grpc.Metadata.Key.of(key, io.grpc.Metadata.ASCII_STRING_MARSHALLER);
  }
}
