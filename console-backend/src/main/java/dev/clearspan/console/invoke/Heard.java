package dev.clearspan.console.invoke;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ReplyMetadata;
import java.util.List;

/** The metadata of a reply. Written by the call's thread before the call completes. */
final class Heard implements ReplyMetadata {
  private volatile Metadata headers = Metadata.EMPTY;
  private volatile Metadata trailers = Metadata.EMPTY;

  @Override
  public void headers(Metadata value) {
    headers = value;
  }

  @Override
  public void trailers(Metadata value) {
    trailers = value;
  }

  Metadata headers() {
    return headers;
  }

  Metadata trailers() {
    return trailers;
  }

  static List<Invocation.Pair> pairs(Metadata metadata) {
    return metadata.entries().stream()
        .map(entry -> new Invocation.Pair(entry.key(), entry.value()))
        .toList();
  }
}
