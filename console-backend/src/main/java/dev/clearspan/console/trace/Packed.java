package dev.clearspan.console.trace;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.opentelemetry.proto.logs.v1.LogsData;
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
 * Spans or log records as they are stored: length before compression (4 bytes), then OTLP protobuf
 * deflated with a preset dictionary of the words every span has, and a checksum over both. The
 * dictionary is part of the format: changing it makes older rows unreadable.
 */
final class Packed {
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

  private final byte[] bytes;
  private final int checksum;

  private Packed(byte[] bytes, int checksum) {
    this.bytes = bytes;
    this.checksum = checksum;
  }

  /**
   * Packs them. Making a deflater costs more than packing a few spans with it, so there is one for
   * all that a thread packs. Not thread-safe.
   */
  static final class Packer implements AutoCloseable {
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private byte[] buffer = new byte[8 << 10];

    /** Of protobuf bytes. */
    Packed pack(byte[] raw) {
      deflater.reset();
      deflater.setDictionary(DICTIONARY);
      deflater.setInput(raw);
      deflater.finish();
      int length = Integer.BYTES;
      while (!deflater.finished()) {
        length += deflater.deflate(buffer, length, buffer.length - length);
        buffer = length == buffer.length ? Arrays.copyOf(buffer, 2 * length) : buffer;
      }
      byte[] bytes = Arrays.copyOf(buffer, length);
      ByteBuffer.wrap(bytes).putInt(raw.length);
      return new Packed(bytes, checksumOf(bytes));
    }

    @Override
    public void close() {
      deflater.end();
    }
  }

  /** What was read back, damaged or not. */
  static Packed stored(byte[] bytes, int checksum) {
    return new Packed(bytes, checksum);
  }

  /** Not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  int checksum() {
    return checksum;
  }

  /** The spans, or empty if the bytes are damaged. */
  Optional<TracesData> spans() {
    return unpack(TracesData.parser());
  }

  /** The log records, or empty if the bytes are damaged. */
  Optional<LogsData> logs() {
    return unpack(LogsData.parser());
  }

  private <T> Optional<T> unpack(Parser<T> parser) {
    if (bytes.length < Integer.BYTES || checksumOf(bytes) != checksum) {
      return Optional.empty();
    }
    int rawLength = ByteBuffer.wrap(bytes).getInt();
    return rawLength < 0 || rawLength > MAX_RAW_BYTES
        ? Optional.empty()
        : inflate(rawLength, parser);
  }

  private <T> Optional<T> inflate(int rawLength, Parser<T> parser) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setDictionary(DICTIONARY);
      inflater.setInput(bytes, Integer.BYTES, bytes.length - Integer.BYTES);
      byte[] raw = new byte[rawLength];
      int length = 0;
      while (length < rawLength && !inflater.finished()) {
        int read = inflater.inflate(raw, length, rawLength - length);
        if (read == 0) {
          return Optional.empty();
        }
        length += read;
      }
      return length == rawLength ? Optional.of(parser.parseFrom(raw)) : Optional.empty();
    } catch (DataFormatException | InvalidProtocolBufferException e) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }

  private static int checksumOf(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
