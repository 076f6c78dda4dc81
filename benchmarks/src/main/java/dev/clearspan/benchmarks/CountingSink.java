package dev.clearspan.benchmarks;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/** Takes OTLP by HTTP in this process and counts the spans in it. */
final class CountingSink implements AutoCloseable {
  /** resource_spans of a request, scope_spans of these, spans of these. */
  private static final int[] PATH = {1, 2, 2};

  private final AtomicLong spans = new AtomicLong();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final HttpServer server;

  CountingSink() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext("/v1/traces", exchange -> take(exchange, true));
    server.createContext("/v1/metrics", exchange -> take(exchange, false));
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Spans that have arrived so far. */
  long spans() {
    return spans.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void take(HttpExchange exchange, boolean count) throws IOException {
    try (exchange) {
      boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      InputStream raw = exchange.getRequestBody();
      byte[] body = (zipped ? new GZIPInputStream(raw) : raw).readAllBytes();
      if (count) {
        spans.addAndGet(count(CodedInputStream.newInstance(body), 0));
      }
      exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** Fields at the end of the path below a message. */
  private static long count(CodedInputStream message, int depth) throws IOException {
    long found = 0;
    for (int tag = message.readTag(); tag != 0; tag = message.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) != PATH[depth]) {
        boolean unused = message.skipField(tag);
      } else if (depth == PATH.length - 1) {
        found++;
        boolean unused = message.skipField(tag);
      } else {
        int limit = message.pushLimit(message.readRawVarint32());
        found += count(message, depth + 1);
        message.popLimit(limit);
      }
    }
    return found;
  }
}
