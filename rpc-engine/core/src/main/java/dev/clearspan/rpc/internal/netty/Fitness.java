package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.frame.GoAway;
import dev.clearspan.rpc.internal.frame.MethodName;
import dev.clearspan.rpc.internal.frame.ProtocolException;
import dev.clearspan.rpc.server.ServedMethod;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Checks of a request before its call is made. */
final class Fitness {
  private static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(365);

  private Fitness() {}

  /** Why a stream of this shape can never be served here, or null. */
  static @Nullable Status unfitStream(
      ServedMethod<?, ?> method, MethodName name, MethodShape shape, int payloadBytes) {
    MethodShape expected = method.spec().shape();
    if (shape == MethodShape.UNARY || shape != expected) {
      return Status.of(
          Status.Code.UNIMPLEMENTED,
          "%s is %s (opened as a stream: %s)".formatted(name.fullName(), expected, shape));
    }
    if (payloadBytes > 0) {
      throw new ProtocolException(
          GoAway.Reason.PROTOCOL_ERROR,
          "REQUEST that opens a stream: %d bytes of message (expected: none, DATA follows)"
              .formatted(payloadBytes));
    }
    return otherCodec(method, name);
  }

  /** Why the request can never be run here, or null. */
  static @Nullable Status unfit(
      ServedMethod<?, ?> method, MethodName name, int payloadBytes, Limits limits) {
    if (method.spec().shape() != MethodShape.UNARY) {
      return Status.of(
          Status.Code.UNIMPLEMENTED,
          "%s is %s (called as: UNARY)".formatted(name.fullName(), method.spec().shape()));
    }
    Status otherCodec = otherCodec(method, name);
    if (otherCodec != null) {
      return otherCodec;
    }
    if (payloadBytes > limits.messageBytes()) {
      return Status.of(
          Status.Code.RESOURCE_EXHAUSTED,
          "request of %s: %d bytes (expected: <= %d)"
              .formatted(name.fullName(), payloadBytes, limits.messageBytes()));
    }
    return null;
  }

  private static @Nullable Status otherCodec(ServedMethod<?, ?> method, MethodName name) {
    String codec = method.spec().requestCodec().name();
    return codec.equals(name.codec())
        ? null
        : Status.of(
            Status.Code.UNIMPLEMENTED,
            "codec of %s: %s (expected: %s)".formatted(name.fullName(), name.codec(), codec));
  }

  /** A remaining time that can be added to the clock; what a peer sends is not trusted. */
  static long bounded(long remainingNanos) {
    return Math.max(-1, Math.min(LONGEST_NANOS, remainingNanos));
  }
}
