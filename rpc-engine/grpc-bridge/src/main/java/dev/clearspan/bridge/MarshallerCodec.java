package dev.clearspan.bridge;

import dev.clearspan.rpc.Codec;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Messages of a marshaller that is not protobuf's. Marshals twice, once for the size, unless the
 * marshaller's stream knows its length.
 */
record MarshallerCodec<T>(Marshaller<T> marshaller) implements Codec<T> {
  @Override
  public String name() {
    return "grpc";
  }

  @Override
  public int sizeOf(T message) {
    try (InputStream bytes = marshaller.stream(message)) {
      return bytes instanceof KnownLength
          ? bytes.available()
          : Math.toIntExact(bytes.transferTo(OutputStream.nullOutputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void encode(T message, ByteBuffer target) {
    try (InputStream bytes = marshaller.stream(message)) {
      target.put(bytes.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public T decode(ByteBuffer source) {
    byte[] bytes = new byte[source.remaining()];
    source.get(bytes);
    try {
      return marshaller.parse(new ByteArrayInputStream(bytes));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "payload: %d bytes that %s cannot parse: %s (expected: one of its messages)"
              .formatted(bytes.length, marshaller, e.getMessage()),
          e);
    }
  }
}
