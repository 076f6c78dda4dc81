package dev.clearspan.rpc;

import java.util.Objects;

/**
 * One method of a service as both sides know it. Generated code holds one constant per method;
 * instances are immutable and compared by identity on the hot path, by name elsewhere.
 *
 * @param fullName "package.Service/Method", as in gRPC's path without the leading slash
 * @param shape which sides stream
 * @param kind sets the default deadline
 * @param idempotent whether running it twice does no harm, from protobuf's {@code
 *     idempotency_level}; decides whether an attempt with an unknown outcome may be retried
 * @param requestCodec payload codec of requests
 * @param responseCodec payload codec of responses
 */
public record MethodSpec<Q, R>(
    String fullName,
    MethodShape shape,
    MethodKind kind,
    boolean idempotent,
    Codec<Q> requestCodec,
    Codec<R> responseCodec) {

  public MethodSpec {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(requestCodec, "requestCodec");
    Objects.requireNonNull(responseCodec, "responseCodec");
    int slash = fullName.indexOf('/');
    if (slash < 1 || slash == fullName.length() - 1 || fullName.indexOf('/', slash + 1) >= 0) {
      throw new IllegalArgumentException(
          "fullName: " + fullName + " (expected: package.Service/Method)");
    }
  }

  /** A unary method. */
  public MethodSpec(
      String fullName,
      MethodKind kind,
      boolean idempotent,
      Codec<Q> requestCodec,
      Codec<R> responseCodec) {
    this(fullName, MethodShape.UNARY, kind, idempotent, requestCodec, responseCodec);
  }

  /** "package.Service". */
  public String serviceName() {
    return fullName.substring(0, fullName.indexOf('/'));
  }

  /** "Method". */
  public String methodName() {
    return fullName.substring(fullName.indexOf('/') + 1);
  }
}
