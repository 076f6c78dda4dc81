package dev.clearspan.tracing;

import static dev.clearspan.tracing.Shop.PLACE;
import static dev.clearspan.tracing.Shop.attempt;
import static dev.clearspan.tracing.Shop.call;
import static dev.clearspan.tracing.Shop.ledger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.CallLedger.ClientCall;
import dev.clearspan.tracing.testing.CollectorFixture;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Telemetry to a collector whose certificate no authority of the JDK has signed. */
final class OtlpOverTlsTest {
  private static final String CERTIFICATE = "OTEL_EXPORTER_OTLP_CERTIFICATE";

  private final X509Bundle certificate = selfSigned();

  @RegisterExtension final CollectorFixture collector = new CollectorFixture(showing(certificate));

  @TempDir Path folder;

  private final Logger log = (Logger) LoggerFactory.getLogger("dev.clearspan.tracing");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listenToTheLog() {
    logged.start();
    log.addAppender(logged);
  }

  @AfterEach
  void stopListening() {
    log.detachAppender(logged);
  }

  @Test
  void spansAndMetricsReachACollectorWhoseCertificateIsInTheFile() throws Exception {
    TracingLedger ledger = ledger(collector, "storefront", CERTIFICATE, file(trusted()));
    callOnce(ledger);

    assertThat(collector.takeSpans(1)).hasSize(1);
    await().until(() -> collector.total("rpc.client.call.duration") == 1);
    assertThat(logged.list).isEmpty();
  }

  @Test
  void aSignalCanHaveAFileOfItsOwn() throws Exception {
    TracingLedger ledger =
        ledger(
            collector,
            "storefront",
            CERTIFICATE,
            file(selfSigned().getCertificatePEM()),
            "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE",
            file(trusted()));
    callOnce(ledger);

    assertThat(collector.takeSpans(1)).hasSize(1);
    await().until(() -> hasLogged("metrics cannot be delivered"));
    assertThat(collector.points()).isEmpty();
  }

  @Test
  void withoutTheFileNothingIsSentAndTheLogSaysWhy() {
    TracingLedger ledger = ledger(collector, "storefront");
    callOnce(ledger);

    await().until(() -> hasLogged("spans cannot be delivered to " + collector.endpoint()));
    assertThat(hasLogged("unable to find valid certification path")).isTrue();
    assertThat(collector.requests()).isZero();
  }

  @Test
  void aFileWithoutCertificatesIsLoggedAndCallsGoOn() throws Exception {
    TracingLedger ledger = ledger(collector, "storefront", CERTIFICATE, file("not a certificate"));
    callOnce(ledger);

    assertThat(hasLogged(CERTIFICATE)).isTrue();
    assertThat(collector.requests()).isZero();
  }

  private boolean hasLogged(String text) {
    return logged.list.stream().anyMatch(event -> event.getFormattedMessage().contains(text));
  }

  private String trusted() {
    return certificate.getCertificatePEM();
  }

  private String file(String content) throws Exception {
    return Files.writeString(Files.createTempFile(folder, "authorities", ".pem"), content)
        .toString();
  }

  private static void callOnce(TracingLedger ledger) {
    ClientCall call = ledger.beginCall(PLACE, "orders");
    call.beginAttempt(1, AttemptKind.FIRST).end(attempt(1, AttemptKind.FIRST, Status.OK), false);
    call.end(call(1, Status.OK));
  }

  private static X509Bundle selfSigned() {
    try {
      return new CertificateBuilder()
          .subject("CN=collector")
          .addSanIpAddress("127.0.0.1")
          .setIsCertificateAuthority(true)
          .buildSelfSigned();
    } catch (Exception e) {
      throw new IllegalStateException("no certificate", e);
    }
  }

  private static SSLContext showing(X509Bundle certificate) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
      return context;
    } catch (Exception e) {
      throw new IllegalStateException("no TLS", e);
    }
  }
}
