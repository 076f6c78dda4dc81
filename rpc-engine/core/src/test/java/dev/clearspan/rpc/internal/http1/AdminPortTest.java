package dev.clearspan.rpc.internal.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.Tls;
import dev.clearspan.rpc.internal.tls.TestAuthority;
import dev.clearspan.rpc.server.EchoService;
import dev.clearspan.rpc.server.RawPeer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health and metrics on a port of their own. */
class AdminPortTest {
  @Test
  void pagesAreReadableWhereThePortItselfWantsCertificates(@TempDir Path folder) throws Exception {
    TestAuthority authority = new TestAuthority(folder.resolve("shop"));
    Tls mutual = authority.settings("server", authority.server()).clients(Tls.Clients.REQUIRED);
    try (RpcServer server =
        RpcServer.builder("echo").service(new EchoService()).tls(mutual).adminPort(0).start()) {
      assertThat(page(server, "GET", "/healthz")).contains("200 OK", "ok\n");
      assertThat(page(server, "HEAD", "/readyz")).contains("200 OK").doesNotContain("ready\n");
      assertThat(page(server, "GET", "/metrics"))
          .contains("200 OK", "clearspan_server_limit", "clearspan_tls_certificate_end");
      assertThat(page(server, "POST", "/healthz")).contains("405 ", "expected: GET, HEAD");
      assertThat(page(server, "POST", "/test.Echo/Echo"))
          .contains("404 ", "nothing at /test.Echo/Echo (expected: /healthz, /readyz, /metrics)");
    }
  }

  @Test
  void readinessEndsWithDraining() throws Exception {
    try (RpcServer server =
        RpcServer.builder("echo").service(new EchoService()).adminPort(0).start()) {
      server.drain();

      assertThat(page(server, "GET", "/readyz")).contains("503 ", "draining");
      assertThat(page(server, "GET", "/healthz")).contains("200 OK");
    }
  }

  @Test
  void severalPagesFitOnOneConnection() throws Exception {
    try (RpcServer server =
            RpcServer.builder("echo").service(new EchoService()).adminPort(0).start();
        RawPeer peer = new RawPeer(server.adminPort())) {
      String request = "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n";
      assertThat(peer.sendText(request + request).readUntil("ok\nHTTP")).contains("200 OK");
    }
  }

  @Test
  void aTakenPortIsNamedAndNothingStaysOpen() throws Exception {
    try (RpcServer first =
        RpcServer.builder("echo").service(new EchoService()).adminPort(0).start()) {
      assertThatThrownBy(
              () ->
                  RpcServer.builder("echo")
                      .service(new EchoService())
                      .adminPort(first.adminPort())
                      .start())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + first.adminPort());
    }
  }

  private static String page(RpcServer server, String method, String path) throws Exception {
    try (RawPeer peer = new RawPeer(server.adminPort())) {
      return peer.sendText(
              method + " " + path + " HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
          .readToEnd();
    }
  }
}
