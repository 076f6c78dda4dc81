package dev.clearspan.rpc.internal.tls;

import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong in a handshake, in one line: the innermost cause says the most. */
public final class TlsFault {
  private static final int MOST_CAUSES = 10;

  private TlsFault() {}

  /** Whether the failure has to do with TLS. */
  public static boolean isTls(Throwable failure) {
    return find(failure, SSLException.class) != null;
  }

  /** The reason: of a certificate's fault that one, else what TLS says, else the last cause. */
  public static String text(Throwable failure) {
    Throwable told = find(failure, CertificateException.class);
    if (told == null) {
      told = find(failure, SSLException.class);
    }
    Throwable innermost = innermost(told == null ? failure : told);
    String message = innermost.getMessage();
    return message == null ? innermost.getClass().getSimpleName() : message;
  }

  private static Throwable innermost(Throwable failure) {
    Throwable at = failure;
    for (int i = 0; i < MOST_CAUSES && at.getCause() != null; i++) {
      at = at.getCause();
    }
    return at;
  }

  private static @Nullable Throwable find(Throwable failure, Class<? extends Throwable> type) {
    Throwable at = failure;
    for (int i = 0; i < MOST_CAUSES && at != null; i++) {
      if (type.isInstance(at)) {
        return at;
      }
      at = at.getCause();
    }
    return null;
  }
}
