package dev.clearspan.rpc;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call that did not end with OK. Its message names method, peer, attempts, stage, elapsed time
 * and trace id, so that a log line is enough to find the call in the console.
 */
public final class RpcException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Status status;
  private final transient Metadata metadata;
  private final transient Origin origin;
  private final transient @Nullable CallSite site;

  /** Who said so. */
  public enum Origin {
    /** This process inferred it: a deadline, a breaker, a lost connection. */
    LOCAL,
    /** The server answered it. */
    REMOTE
  }

  /**
   * Where the call stood when it failed.
   *
   * @param method full method name
   * @param peer "host:port" of the last attempt, or "none"
   * @param attempts attempts made
   * @param stage the pipeline stage that ended the call
   * @param elapsed since the call began
   * @param traceId 32 hex digits
   */
  public record CallSite(
      String method, String peer, int attempts, String stage, Duration elapsed, String traceId) {}

  /** What a handler throws to answer with a status. */
  public RpcException(Status.Code code, String message) {
    this(Status.of(code, message), Metadata.EMPTY, Origin.LOCAL, null, null);
  }

  public RpcException(
      Status status,
      Metadata metadata,
      Origin origin,
      @Nullable CallSite site,
      @Nullable Throwable cause) {
    super(describe(status, origin, site), cause);
    if (status.isOk()) {
      throw new IllegalArgumentException("status: OK (expected: an error)");
    }
    this.status = status;
    this.metadata = metadata;
    this.origin = origin;
    this.site = site;
  }

  public Status status() {
    return status;
  }

  public Status.Code code() {
    return status.code();
  }

  /** Metadata that came with the reply. */
  public Metadata metadata() {
    return metadata;
  }

  public Origin origin() {
    return origin;
  }

  /** Where the call stood; null for exceptions that handlers make. */
  public @Nullable CallSite site() {
    return site;
  }

  /** The trace to search for; null for exceptions that handlers make. */
  public @Nullable String traceId() {
    return site == null ? null : site.traceId();
  }

  private static String describe(Status status, Origin origin, @Nullable CallSite site) {
    String text = status.code() + (status.message().isEmpty() ? "" : ": " + status.message());
    if (site == null) {
      return text;
    }
    return "%s [method=%s peer=%s attempts=%d stage=%s elapsed=%.1fms origin=%s trace=%s]"
        .formatted(
            text,
            site.method(),
            site.peer(),
            site.attempts(),
            site.stage(),
            site.elapsed().toNanos() / 1e6,
            origin,
            site.traceId());
  }
}
