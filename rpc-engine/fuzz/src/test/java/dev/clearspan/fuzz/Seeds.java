package dev.clearspan.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a target starts from: the documented frames, a gRPC call and its reply, HTTP, a policy. */
final class Seeds {
  private static final Pattern VECTOR = Pattern.compile("(?s)```hex [a-z-]+\n(.*?)```");
  private static final Path PROTOCOL = Path.of("..", "..", "docs", "wire-protocol.md");
  private static final String BODY = "\"seven\"";
  private static final List<String> TEXTS =
      List.of(
          "?POST /test.Echo/Echo HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n"
              + ("content-length: " + BODY.length() + "\r\n\r\n" + BODY),
          "?GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n",
          "{\"retry\":{\"maxAttempts\":3},\"methods\":[{\"name\":\"a.B/C\"}]}");

  /** HEADERS and DATA of a gRPC call of test.Echo/Echo, behind a byte for the cut. */
  private static final String GRPC_CALL =
      "3f0000360104000000018386040f2f746573742e4563686f2f4563686f0101610f10106170706c69"
          + "636174696f6e2f677270630002746508747261696c65727300000800010000000100000000030a01"
          + "37";

  /** HEADERS, DATA and trailers of a gRPC reply on stream 3, behind a byte for the cut. */
  private static final String GRPC_REPLY =
      "3f00002001040000000388000c636f6e74656e742d74797065106170706c69636174696f6e2f67727063"
          + "00000800000000000300000000030a013700000f010500000003000b677270632d73746174757301"
          + "30";

  private Seeds() {}

  /** Writes the seeds into the folder. */
  static void write(Class<?> target, Path folder) throws IOException {
    ByteArrayOutputStream conversation = new ByteArrayOutputStream();
    conversation.write('?');
    Matcher vectors = VECTOR.matcher(Files.readString(PROTOCOL));
    int number = 0;
    while (vectors.find()) {
      byte[] frame = bytes(vectors.group(1));
      conversation.write(frame);
      Files.write(folder.resolve("frame-" + number++), frame);
    }
    Files.write(folder.resolve("conversation"), conversation.toByteArray());
    Files.write(folder.resolve("grpc-call"), HexFormat.of().parseHex(GRPC_CALL));
    Files.write(folder.resolve("grpc-reply"), HexFormat.of().parseHex(GRPC_REPLY));
    for (String text : TEXTS) {
      Files.writeString(folder.resolve("text-" + number++), text, StandardCharsets.UTF_8);
    }
    if (number <= TEXTS.size()) {
      throw new IOException("no hex vectors in " + PROTOCOL + " for " + target.getSimpleName());
    }
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("#[^\n]*", "").replaceAll("\\s", ""));
  }
}
