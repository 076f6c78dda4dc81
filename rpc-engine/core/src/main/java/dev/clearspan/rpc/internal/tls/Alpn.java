package dev.clearspan.rpc.internal.tls;

import dev.clearspan.rpc.Tls;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;

/** Names by which protocols are chosen in the TLS handshake (RFC 7301). */
public final class Alpn {
  public static final String FRAMES = "clearspan/1";
  public static final String HTTP_2 = "h2";
  public static final String HTTP_1_1 = "http/1.1";

  private Alpn() {}

  /** Offers these, the preferred one first; goes on without any if there is none in common. */
  static ApplicationProtocolConfig offer(String... protocols) {
    return new ApplicationProtocolConfig(
        Protocol.ALPN,
        SelectorFailureBehavior.NO_ADVERTISE,
        SelectedListenerFailureBehavior.ACCEPT,
        protocols);
  }

  /** The versions from this one on, newest first. */
  static String[] versions(Tls.Version oldest) {
    return switch (oldest) {
      case TLS_1_2 -> new String[] {"TLSv1.3", "TLSv1.2"};
      case TLS_1_3 -> new String[] {"TLSv1.3"};
    };
  }
}
