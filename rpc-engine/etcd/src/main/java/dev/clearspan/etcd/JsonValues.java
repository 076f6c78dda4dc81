package dev.clearspan.etcd;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Proto3 JSON to messages and back. What comes from the registry is hostile: size, encoding and
 * depth are checked before anything is parsed.
 */
final class JsonValues {
  private static final int MAX_DEPTH = 32;
  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();

  private JsonValues() {}

  static String print(MessageOrBuilder message) {
    try {
      return PRINTER.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not expressible as JSON: " + message.getClass(), e);
    }
  }

  /** Parses a value of at most {@code maxBytes}; the builder must be fresh. */
  static <M extends Message> Parsed<M> parse(Stored stored, int maxBytes, Message.Builder into) {
    if (stored.size() > maxBytes) {
      return new Parsed.Invalid<>(
          "size: " + stored.size() + " bytes (expected: at most " + maxBytes + ")");
    }
    try {
      String text = decode(stored.value().getBytes());
      if (depth(text) > MAX_DEPTH) {
        return new Parsed.Invalid<>("nesting: deeper than " + MAX_DEPTH + " levels");
      }
      List<String> unknown = UnknownFields.of(text, into.getDescriptorForType());
      PARSER.merge(text, into);
      @SuppressWarnings("unchecked") // The caller's builder builds M.
      M message = (M) into.build();
      return new Parsed.Valid<>(message, unknown);
    } catch (CharacterCodingException e) {
      return new Parsed.Invalid<>("encoding: not UTF-8");
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      return new Parsed.Invalid<>("JSON: " + shortened(e));
    }
  }

  private static String decode(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static int depth(String json) {
    int depth = 0;
    int deepest = 0;
    boolean quoted = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '{' || c == '[')) {
        deepest = Math.max(deepest, ++depth);
      } else if (!quoted && (c == '}' || c == ']')) {
        depth--;
      }
    }
    return deepest;
  }

  private static String shortened(Exception e) {
    String message = String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}+", " ");
    return message.length() <= 200 ? message : message.substring(0, 200) + "...";
  }
}
