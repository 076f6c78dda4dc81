package dev.clearspan.etcd;

import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * That etcd, or TLS on the way to it, does not let this process in. Signing in again may help, and
 * otherwise an operator has to.
 *
 * @param text what was found and what to do
 */
record Refusal(String text) {
  private static final String CREDENTIALS =
      " (expected: a user of etcd; check user and password, see etcdctl user list, and"
          + " CLEARSPAN_ETCD_USER)";
  private static final String NO_CREDENTIALS =
      " (expected: credentials(user, password) or CLEARSPAN_ETCD_USER and"
          + " CLEARSPAN_ETCD_PASSWORD_FILE, since authentication is on)";

  /** What etcd says when it has forgotten who we are, or our rights have changed. */
  private static final List<String> STALE =
      List.of("invalid auth token", "revision of auth store is old");

  /** The refusal the failure tells of; null if it tells of something else. */
  static @Nullable Refusal of(Throwable failure) {
    for (Throwable current = failure; current != null; current = current.getCause()) {
      if (current instanceof SSLException) {
        return new Refusal(tls(current));
      }
      Refusal refusal = ofMessage(String.valueOf(current.getMessage()));
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private static @Nullable Refusal ofMessage(String message) {
    if (message.contains("invalid user ID or password")) {
      return new Refusal(message + CREDENTIALS);
    }
    if (message.contains("user name is empty")) {
      return new Refusal(message + NO_CREDENTIALS);
    }
    return STALE.stream().anyMatch(message::contains) ? new Refusal(message) : null;
  }

  private static String tls(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).replace('\n', ' ');
    if (message.contains("certification path")) {
      return message
          + " (expected: a certificate of etcd that an authority in Tls.trusting(file) or"
          + " CLEARSPAN_ETCD_CA has issued)";
    }
    if (message.contains("bad_certificate") || message.contains("certificate_required")) {
      return message
          + " (expected: a client certificate that etcd believes: Tls.of(certificates, key) or"
          + " CLEARSPAN_ETCD_CERT and CLEARSPAN_ETCD_KEY)";
    }
    return message;
  }
}
