package dev.clearspan.rpc.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.Tls;
import dev.clearspan.rpc.server.EchoService;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are replaced while calls run. */
class TlsReloadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final CallOptions OPTIONS =
      CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(20));

  @TempDir Path folder;

  private final LogLines log = new LogLines("dev.clearspan.rpc.internal.tls");
  private TestAuthority authority;
  private X509Bundle first;
  private Tls.KeyFiles files;
  private RpcServer server;

  @BeforeEach
  void start() throws Exception {
    authority = new TestAuthority(folder.resolve("shop"));
    first = authority.server();
    files = authority.write("server", first);
    Tls tls = Tls.DEFAULT.with(files).reload(Duration.ofMillis(50));
    server = RpcServer.builder("echo").service(new EchoService()).tls(tls).start();
  }

  @AfterEach
  void stop() {
    server.close();
    log.close();
  }

  @Test
  void aSwapUnderLoadFailsNoCall() throws Exception {
    LongAdder calls = new LongAdder();
    AtomicInteger failed = new AtomicInteger();
    AtomicBoolean stop = new AtomicBoolean();
    Tls client = Tls.DEFAULT.trusting(authority.authorities());
    try (RpcChannel channel =
        RpcChannel.builder("echo").target("127.0.0.1", server.port()).tls(client).build()) {
      Thread load = new Thread(() -> load(channel, calls, failed, stop), "load");
      load.start();
      for (int i = 0; i < 3; i++) {
        X509Bundle next = authority.server();
        long before = calls.sum();
        authority.write("server", next);
        await().atMost(PATIENCE).until(() -> shown().equals(next.getCertificate()));
        await().atMost(PATIENCE).until(() -> calls.sum() > before + 100);
      }
      stop.set(true);
      load.join(PATIENCE.toMillis());
    }

    assertThat(failed).hasValue(0);
  }

  @Test
  void aBrokenFileChangesNothingAndIsToldOnce() throws Exception {
    Files.writeString(files.certificates(), "no certificate");
    log.await("TLS files cannot be used, the ones read before stay in use");
    assertThat(shown()).isEqualTo(first.getCertificate());

    X509Bundle next = authority.server();
    authority.write("server", next);
    await().atMost(PATIENCE).until(() -> shown().equals(next.getCertificate()));
  }

  @Test
  void aKeyOfAnotherCertificateChangesNothing() throws Exception {
    Files.writeString(files.key(), authority.server().getPrivateKeyPEM());

    log.await("the key is not the certificate's (expected: a pair)");
    assertThat(shown()).isEqualTo(first.getCertificate());
  }

  private static void load(
      RpcChannel channel, LongAdder calls, AtomicInteger failed, AtomicBoolean stop) {
    while (!stop.get()) {
      try {
        StringValue unused = channel.call(EchoService.ECHO, StringValue.of("x"), OPTIONS);
        calls.increment();
      } catch (RuntimeException e) {
        failed.incrementAndGet();
      }
    }
  }

  /** What a new connection is shown. */
  private X509Certificate shown() throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            authority.forHttpClient().getSocketFactory().createSocket("127.0.0.1", server.port())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }
}
