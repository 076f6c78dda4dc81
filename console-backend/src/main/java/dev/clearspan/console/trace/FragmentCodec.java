package dev.clearspan.console.trace;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A fragment's bytes: length before compression (4 bytes), then OTLP protobuf deflated with a
 * preset dictionary of the words every span has. The dictionary is part of the format: changing it
 * makes older fragments unreadable.
 */
final class FragmentCodec {
  private static final int MAX_RAW_BYTES = 4 << 20;
  private static final byte[] DICTIONARY =
      ("unknown_service service.version host.name process.pid clearspan.env clearspan.process.id "
              + "telemetry.sdk.language java telemetry.sdk.name opentelemetry telemetry.sdk.version "
              + "exception.message exception.type exception.stacktrace UNAVAILABLE DEADLINE_EXCEEDED INTERNAL "
              + "connection_lost no_endpoint breaker_open error.type clearspan.attempt.kind retry first "
              + "clearspan.attempt clearspan.caller network.peer.address 127.0.0.1 network.peer.port "
              + "clearspan.peer.instance server.address clearspan.server_ms clearspan.queue_ms "
              + "clearspan.outcome STATUS OK clearspan.attempts rpc.response.status_code rpc.system.name "
              + "clearspan rpc.method service.instance.id service.name")
          .getBytes(StandardCharsets.UTF_8);

  private FragmentCodec() {}

  static byte[] encode(TracesData spans) {
    byte[] raw = spans.toByteArray();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setDictionary(DICTIONARY);
      deflater.setInput(raw);
      deflater.finish();
      byte[] packed = new byte[Integer.BYTES + raw.length + raw.length / 100 + 64];
      int length = Integer.BYTES;
      while (!deflater.finished()) {
        length += deflater.deflate(packed, length, packed.length - length);
        packed = length == packed.length ? Arrays.copyOf(packed, 2 * length) : packed;
      }
      ByteBuffer.wrap(packed).putInt(raw.length);
      return Arrays.copyOf(packed, length);
    } finally {
      deflater.end();
    }
  }

  /** The spans, or empty if the bytes are damaged. */
  static Optional<TracesData> decode(byte[] packed, int checksum) {
    if (packed.length < Integer.BYTES || checksum(packed) != checksum) {
      return Optional.empty();
    }
    int rawLength = ByteBuffer.wrap(packed).getInt();
    if (rawLength < 0 || rawLength > MAX_RAW_BYTES) {
      return Optional.empty();
    }
    Inflater inflater = new Inflater(true);
    try {
      inflater.setDictionary(DICTIONARY);
      inflater.setInput(packed, Integer.BYTES, packed.length - Integer.BYTES);
      byte[] raw = new byte[rawLength];
      int length = 0;
      while (length < rawLength && !inflater.finished()) {
        int read = inflater.inflate(raw, length, rawLength - length);
        if (read == 0) {
          return Optional.empty();
        }
        length += read;
      }
      return length == rawLength ? Optional.of(TracesData.parseFrom(raw)) : Optional.empty();
    } catch (DataFormatException | InvalidProtocolBufferException e) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }

  static int checksum(byte[] packed) {
    CRC32C crc = new CRC32C();
    crc.update(packed);
    return (int) crc.getValue();
  }
}
