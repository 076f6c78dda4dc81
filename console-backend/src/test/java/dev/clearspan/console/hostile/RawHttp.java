package dev.clearspan.console.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends bytes that no client library would send, and after them the end of the stream, and reads
 * whatever comes back.
 */
final class RawHttp {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MAX_ANSWER = 8 << 20;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

  private RawHttp() {}

  /** All that was answered until the other side closed; empty if it closed without a word. */
  record Answer(String text) {
    /** The status of the answer, {@code page} for the console's page, {@code closed} for none. */
    String kind() {
      Matcher status = STATUS.matcher(text);
      if (!status.lookingAt()) {
        return "closed";
      }
      return status.group(1).equals("200") && text.contains("<div id=\"root\"")
          ? "page"
          : status.group(1);
    }

    /** How many answers there are: a second one is to a request hidden in the first. */
    long count() {
      return STATUS.matcher(text).results().count();
    }
  }

  static Answer exchange(int port, byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      Thread writer = new Thread(() -> write(socket, request), "hostile-writer");
      writer.start();
      return new Answer(read(socket.getInputStream()));
    }
  }

  private static void write(Socket socket, byte[] request) {
    try {
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
    } catch (IOException e) {
      // It was refused before it was read: the answer tells.
    }
  }

  private static String read(InputStream in) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0 && answer.size() < MAX_ANSWER; n = in.read(buffer)) {
        answer.write(buffer, 0, n);
      }
    } catch (SocketTimeoutException e) {
      return "no end after " + PATIENCE.toSeconds() + " s: " + answer.toString(ISO_8859_1);
    } catch (IOException e) {
      // Reset: what came before counts.
    }
    return answer.toString(ISO_8859_1);
  }
}
