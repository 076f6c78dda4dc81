package dev.clearspan.rpc.compat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A conversation as it went over the wire, in order: lines of ">" for what the client sent and "<"
 * for what the server sent, in hex.
 */
record Recording(List<Said> parts) {
  record Said(boolean byClient, byte[] bytes) {}

  /** The recording of that build among the test resources. */
  static Recording ofBuild(String version) throws IOException {
    try (var in = Recording.class.getResourceAsStream("/compat/frames-" + version + ".txt")) {
      if (in == null) {
        throw new IOException("no recording of build " + version + " in /compat");
      }
      List<Said> parts = new ArrayList<>();
      for (String line :
          new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList()) {
        parts.add(new Said(line.charAt(0) == '>', HexFormat.of().parseHex(line.substring(2))));
      }
      return new Recording(parts);
    }
  }

  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Said part : parts) {
      text.append(part.byClient() ? "> " : "< ")
          .append(HexFormat.of().formatHex(part.bytes()))
          .append('\n');
    }
    Files.writeString(file, text, StandardCharsets.US_ASCII);
  }
}
