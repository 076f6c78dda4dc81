package dev.clearspan.rpc.internal.netty;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/** Who a connection's client is by its certificate. */
public final class CallerIdentity {
  private static final AttributeKey<String> KEY =
      AttributeKey.valueOf(CallerIdentity.class, "identity");

  private CallerIdentity() {}

  /** SPIFFE id or DNS name; null without TLS, certificate or name. */
  public static @Nullable String of(Channel connection) {
    return connection.attr(KEY).get();
  }

  static void set(Channel connection, @Nullable String identity) {
    connection.attr(KEY).set(identity);
  }
}
