package dev.clearspan.rpc.internal.http2;

import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The calls in flight on one HTTP/2 connection, each kept at its stream. Loop-confined. */
final class StreamCalls {
  private final Http2Connection connection;
  private final Http2Connection.PropertyKey key;

  StreamCalls(Http2Connection connection) {
    this.connection = connection;
    this.key = connection.newKey();
  }

  /** Most streams at a time, as the server has said. */
  int most() {
    return connection.local().maxActiveStreams();
  }

  /** Whether the server allows no further stream. */
  boolean isFull() {
    return !connection.local().canOpenStream();
  }

  boolean isEmpty() {
    return connection.local().numActiveStreams() == 0;
  }

  /** Opens the stream with this id for the call. */
  void put(ClientStream<?> call, int streamId) throws Http2Exception {
    connection.local().createStream(streamId, false).setProperty(key, call);
  }

  @Nullable ClientStream<?> of(int streamId) {
    Http2Stream stream = connection.stream(streamId);
    return stream == null ? null : of(stream);
  }

  @Nullable ClientStream<?> of(Http2Stream stream) {
    return stream.getProperty(key);
  }

  /** Does something with each call whose stream id is chosen. */
  void forEach(IntPredicate chosen, Consumer<ClientStream<?>> action) {
    List<ClientStream<?>> found = new ArrayList<>();
    try {
      connection.forEachActiveStream(
          stream -> {
            ClientStream<?> call = of(stream);
            if (call != null && chosen.test(stream.id())) {
              found.add(call);
            }
            return true;
          });
    } catch (Http2Exception e) {
      throw new IllegalStateException("visiting streams does not fail", e);
    }
    found.forEach(action);
  }
}
