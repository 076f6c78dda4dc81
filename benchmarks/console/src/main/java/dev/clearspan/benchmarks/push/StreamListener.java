package dev.clearspan.benchmarks.push;

import dev.clearspan.benchmarks.console.BenchConsole;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One reader of the console's event stream, on a plain socket of its own. It notes when it first
 * heard of each change that it is told to look for.
 */
final class StreamListener implements AutoCloseable {
  private static final int SNAPSHOT_SECONDS = 60;

  private final Socket socket;
  private final Thread reader;
  private final CountDownLatch ready = new CountDownLatch(1);
  private volatile Expected expected = new Expected(Long.MAX_VALUE, "");
  private volatile long bytes;

  /** A change of an instance, at a revision of the registry. */
  private static final class Expected {
    final long revision;
    final String instance;
    volatile long heardNanos;

    Expected(long revision, String instance) {
      this.revision = revision;
      this.instance = instance;
    }
  }

  StreamListener(BenchConsole console) throws IOException {
    HttpRequest request = console.request("/api/v1/events?topics=topology").build();
    URI uri = request.uri();
    socket = new Socket(uri.getHost(), uri.getPort());
    String token = request.headers().firstValue("Authorization").orElseThrow();
    socket
        .getOutputStream()
        .write(
            "GET %s?%s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\n\r\n"
                .formatted(uri.getPath(), uri.getQuery(), uri.getAuthority(), token)
                .getBytes(StandardCharsets.US_ASCII));
    reader = new Thread(this::read, "listener");
    reader.setDaemon(true);
    reader.start();
  }

  /** Waits until the snapshot is here. */
  void awaitSnapshot() throws InterruptedException {
    if (!ready.await(SNAPSHOT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "a listener had no snapshot after " + SNAPSHOT_SECONDS + " s");
    }
  }

  /** Begins to look for a change of an instance, whose revision is at least this. */
  void expect(long revision, String instance) {
    expected = new Expected(revision, instance);
  }

  /** When the change was heard of, by {@link System#nanoTime}; 0: not yet. */
  long heardNanos() {
    return expected.heardNanos;
  }

  /** What it has read so far. */
  long bytes() {
    return bytes;
  }

  private void read() {
    try {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1 << 16);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        bytes += line.length() + 1;
        take(line);
      }
    } catch (IOException e) {
      // Closed: by this program at its end, or by the console, which the next change will tell.
    }
  }

  private void take(String line) {
    if (line.equals("event: ready")) {
      ready.countDown();
    }
    Expected change = expected;
    if (line.startsWith("data: ") && change.heardNanos == 0) {
      Long revision = revision(line);
      if (revision != null && revision >= change.revision && line.contains(change.instance)) {
        change.heardNanos = System.nanoTime();
      }
    }
  }

  private static @Nullable Long revision(String line) {
    int at = line.indexOf("\"revision\":");
    if (at < 0) {
      return null;
    }
    int from = at + "\"revision\":".length();
    int to = from;
    while (to < line.length() && Character.isDigit(line.charAt(to))) {
      to++;
    }
    return to == from ? null : Long.valueOf(line.substring(from, to));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
