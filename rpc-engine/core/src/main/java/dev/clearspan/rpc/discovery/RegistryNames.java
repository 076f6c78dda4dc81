package dev.clearspan.rpc.discovery;

import java.util.regex.Pattern;

/** The alphabet of the registry's keys. */
public final class RegistryNames {
  private static final Pattern NAME = Pattern.compile("(?=.*[a-z0-9])[a-z0-9._-]{1,63}");
  private static final Pattern INSTANCE_ID =
      Pattern.compile("(?=.*[A-Za-z0-9])[A-Za-z0-9._:\\[\\]-]{1,128}");

  private RegistryNames() {}

  /** Whether the text may name a service or an environment: {@code [a-z0-9._-]{1,63}}. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** Whether the text may name an instance: {@code [A-Za-z0-9._:[]-]{1,128}}, as in host:port. */
  public static boolean isInstanceId(String text) {
    return INSTANCE_ID.matcher(text).matches();
  }

  /**
   * Returns the name.
   *
   * @throws IllegalArgumentException if it is none; the message starts with {@code what}
   */
  public static String requireName(String what, String text) {
    if (!isName(text)) {
      throw new IllegalArgumentException(
          what + ": \"" + text + "\" (expected: [a-z0-9._-]{1,63} with a letter or digit)");
    }
    return text;
  }
}
