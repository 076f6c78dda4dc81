package dev.clearspan.console.intake;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The two encodings of OTLP/HTTP; an answer has the encoding of its request. */
enum OtlpFormat {
  PROTOBUF("application/x-protobuf") {
    @Override
    void read(byte[] body, Message.Builder target) throws IOException {
      target.mergeFrom(ByteString.copyFrom(body));
    }

    @Override
    byte[] protobuf(byte[] body, Message.Builder read) {
      return body;
    }

    @Override
    byte[] partialSuccess(String countField, long rejected, String message) {
      // Field 1 of the response: a message of the count (1) and the text (2).
      byte[] partial =
          encode(
              out -> {
                out.writeInt64(1, rejected);
                out.writeString(2, message);
              });
      return encode(out -> out.writeByteArray(1, partial));
    }

    @Override
    byte[] success() {
      return new byte[0];
    }

    @Override
    byte[] failure(String message) {
      // google.rpc.Status: its text is field 2.
      return encode(out -> out.writeString(2, message));
    }
  },
  JSON("application/json") {
    @Override
    void read(byte[] body, Message.Builder target) throws IOException {
      OtlpJson.merge(body, target);
    }

    @Override
    byte[] protobuf(byte[] body, Message.Builder read) {
      return read.build().toByteArray();
    }

    @Override
    byte[] partialSuccess(String countField, long rejected, String message) {
      return utf8(
          "{\"partialSuccess\":{\""
              + countField
              + "\":\""
              + rejected
              + "\",\"errorMessage\":"
              + quoted(message)
              + "}}");
    }

    @Override
    byte[] success() {
      return utf8("{}");
    }

    @Override
    byte[] failure(String message) {
      return utf8("{\"message\":" + quoted(message) + "}");
    }
  };

  private final String contentType;

  OtlpFormat(String contentType) {
    this.contentType = contentType;
  }

  static OtlpFormat of(@Nullable String contentType) throws Refusal {
    String type =
        contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    for (OtlpFormat format : values()) {
      if (format.contentType.equals(type)) {
        return format;
      }
    }
    throw Refusal.unsupported(
        "Content-Type: "
            + (type.isEmpty() ? "none" : type)
            + " (expected: application/x-protobuf or application/json)");
  }

  String contentType() {
    return contentType;
  }

  /**
   * Fills the message from a body; throws IOException (protobuf's own included) if it is no such
   * message.
   */
  abstract void read(byte[] body, Message.Builder target) throws IOException;

  /** The body, or if it is in JSON what was read of it, as protobuf. */
  abstract byte[] protobuf(byte[] body, Message.Builder read);

  abstract byte[] success();

  /** The request was taken except for some points or spans, which need not be sent again. */
  abstract byte[] partialSuccess(String countField, long rejected, String message);

  abstract byte[] failure(String message);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private static byte[] encode(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  @FunctionalInterface
  private interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }
}
