package dev.clearspan.rpc.internal.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Who a peer is by the subject alternative names of its certificate (RFC 5280, 4.2.1.6): its SPIFFE
 * id if it has one, else its first DNS name.
 */
public final class PeerIdentity {
  private static final int DNS = 2;
  private static final int URI = 6;
  private static final String SPIFFE = "spiffe://";

  private PeerIdentity() {}

  /** The identity of a session's peer; null if it showed no certificate or one without names. */
  public static @Nullable String of(SSLSession session) {
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate shown ? of(shown) : null;
    } catch (SSLPeerUnverifiedException e) {
      return null; // It showed none.
    }
  }

  static @Nullable String of(X509Certificate certificate) {
    Collection<List<?>> names;
    try {
      names = certificate.getSubjectAlternativeNames();
    } catch (CertificateParsingException e) {
      return null;
    }
    if (names == null) {
      return null;
    }
    String spiffe = first(names, URI, SPIFFE);
    return spiffe != null ? spiffe : first(names, DNS, "");
  }

  private static @Nullable String first(Collection<List<?>> names, int type, String prefix) {
    for (List<?> name : names) {
      if (name.get(0) instanceof Integer kind
          && kind == type
          && name.get(1) instanceof String text
          && text.startsWith(prefix)) {
        return text;
      }
    }
    return null;
  }
}
