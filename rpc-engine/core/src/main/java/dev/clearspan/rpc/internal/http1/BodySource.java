package dev.clearspan.rpc.internal.http1;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.internal.coding.Coding;
import dev.clearspan.rpc.server.RequestSource;
import dev.clearspan.rpc.server.UndecodableRequest;
import io.netty.buffer.ByteBuf;

/** A call's message: small plain ones are decoded at once, others where the handler runs. */
final class BodySource<Q> implements RequestSource<Q> {
  private static final int DECODE_ON_LOOP_BYTES = 64 * 1024;

  private final ConnectRequest request;
  private final MethodSpec<Q, ?> method;
  private final Limits limits;

  private BodySource(ConnectRequest request, MethodSpec<Q, ?> method, Limits limits) {
    this.request = request;
    this.method = method;
    this.limits = limits;
    request.message().retain();
  }

  /**
   * The message, or its retained bytes.
   *
   * @throws UndecodableRequest if a small body is not the method's request
   */
  static <Q> RequestSource<Q> of(ConnectRequest request, MethodSpec<Q, ?> method, Limits limits) {
    ByteBuf bytes = request.message();
    boolean plain = request.encoding() == ContentCoding.IDENTITY || !bytes.isReadable();
    return plain && bytes.readableBytes() <= DECODE_ON_LOOP_BYTES
        ? RequestSource.of(request.codec().read(method, bytes))
        : new BodySource<>(request, method, limits);
  }

  @Override
  public Q read() {
    if (request.encoding() == ContentCoding.IDENTITY) {
      return request.codec().read(method, request.message());
    }
    ByteBuf plain = inflated();
    try {
      return request.codec().read(method, plain);
    } finally {
      plain.release();
    }
  }

  private ByteBuf inflated() {
    try {
      return Coding.GZIP.inflate(request.message(), limits.messageBytes(), limits.decodedRatio());
    } catch (IllegalArgumentException e) {
      throw new UndecodableRequest(method.fullName(), e);
    }
  }

  @Override
  public void release() {
    request.message().release();
  }
}
