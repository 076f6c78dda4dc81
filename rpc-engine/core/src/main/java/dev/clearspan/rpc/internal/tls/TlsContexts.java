package dev.clearspan.rpc.internal.tls;

import dev.clearspan.rpc.Tls;
import dev.clearspan.rpc.ledger.Gauges;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The context for new connections, made again when the files have changed. Files that cannot be
 * used change nothing: the context stays, the fault is logged once and counted. Thread-safe; the
 * files are looked at on a thread of their own.
 *
 * @param <C> what connections are made with, such as Netty's context
 */
public final class TlsContexts<C> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TlsContexts.class);
  private static final Duration WARN_BEFORE = Duration.ofDays(14);

  private final Tls settings;
  private final ContextMaker<C> maker;
  private final InstantSource clock;
  private final Future<?> watch;
  private final LongAdder reloads = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile C current;
  private volatile @Nullable X509Certificate own;
  private String inUse; // digest; confined to the watching thread after construction
  private String refused = ""; // digest of files that could not be used; as above
  private volatile String lastFailure = ""; // written as above
  private boolean warned; // as above

  /** Makes a context of checked material. */
  @FunctionalInterface
  public interface ContextMaker<C> {
    C make(TlsMaterial material) throws IOException, GeneralSecurityException;
  }

  /**
   * Reads the files and watches them.
   *
   * @throws IllegalArgumentException if they cannot be used
   */
  public TlsContexts(Tls settings, ContextMaker<C> maker, InstantSource clock) {
    this.settings = settings;
    this.maker = maker;
    this.clock = clock;
    try {
      TlsFiles files = TlsFiles.read(settings);
      TlsMaterial material = TlsMaterial.of(files);
      this.current = maker.make(material);
      this.own = material.own();
      this.inUse = files.digest();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(describe(e), e);
    }
    warnOfExpiry();
    this.watch = FileWatch.every(settings.reload(), this::look);
  }

  /** What a new connection uses. */
  public C current() {
    return current;
  }

  /** Why the files cannot be used as they are now; empty if they can. */
  public String fault() {
    return lastFailure;
  }

  /** Reloads, failed reloads, and until when the own certificate is valid. */
  public List<Gauges.Sample> samples() {
    List<Gauges.Sample> samples = new ArrayList<>();
    samples.add(
        new Gauges.Sample("clearspan.tls.reloads", reloads.sum(), Map.of("outcome", "ok"), true));
    samples.add(
        new Gauges.Sample(
            "clearspan.tls.reloads", failures.sum(), Map.of("outcome", "failed"), true));
    X509Certificate shown = own;
    if (shown != null) {
      double end = shown.getNotAfter().toInstant().getEpochSecond();
      samples.add(new Gauges.Sample("clearspan.tls.certificate.end", end, Map.of(), false));
    }
    return samples;
  }

  @Override
  public void close() {
    watch.cancel(false);
  }

  /** Looks at the files now; on the watching thread. */
  void look() {
    try {
      TlsFiles files = TlsFiles.read(settings);
      String seen = files.digest();
      if (!seen.equals(inUse) && !seen.equals(refused)) {
        refused = seen;
        take(TlsMaterial.of(files));
        inUse = seen;
      }
      if (seen.equals(inUse)) {
        refused = "";
        lastFailure = "";
      }
      warnOfExpiry();
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      failed(describe(e));
    }
  }

  private void take(TlsMaterial material) throws IOException, GeneralSecurityException {
    current = maker.make(material);
    own = material.own();
    warned = false;
    reloads.increment();
    LOG.info("TLS files reloaded: {}", own == null ? "authorities" : described(material));
  }

  private void failed(String text) {
    if (!text.equals(lastFailure)) {
      lastFailure = text;
      failures.increment();
      LOG.warn("TLS files cannot be used, the ones read before stay in use: {}", text);
    }
  }

  private void warnOfExpiry() {
    X509Certificate shown = own;
    if (shown == null || warned) {
      return;
    }
    Instant end = shown.getNotAfter().toInstant();
    if (end.isBefore(clock.instant().plus(WARN_BEFORE))) {
      warned = true;
      boolean over = end.isBefore(clock.instant());
      LOG.warn(
          "TLS certificate {} {} {}: peers {} refuse it",
          shown.getSubjectX500Principal(),
          over ? "ended" : "ends",
          end,
          over ? "now" : "will then");
    }
  }

  private static String described(TlsMaterial material) {
    X509Certificate certificate = material.chain().get(0);
    return certificate.getSubjectX500Principal()
        + " until "
        + certificate.getNotAfter().toInstant();
  }

  private String describe(Exception failure) {
    String files =
        (settings.own() == null ? "" : settings.own().certificates() + ", " + settings.own().key())
            + (settings.trusted() == null ? "" : ", " + settings.trusted());
    return "TLS files " + files + ": " + failure.getMessage();
  }
}
