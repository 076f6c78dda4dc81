package dev.clearspan.tracing.internal.span;

/**
 * An address taken apart.
 *
 * @param host without the brackets of an IPv6 address
 * @param port 0 when the address had none
 */
record HostPort(String host, int port) {
  static HostPort parse(String address) {
    int colon = address.lastIndexOf(':');
    if (colon < 0 || colon < address.lastIndexOf(']')) {
      return new HostPort(withoutBrackets(address), 0);
    }
    return new HostPort(
        withoutBrackets(address.substring(0, colon)), portOf(address.substring(colon + 1)));
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static int portOf(String digits) {
    boolean isPort =
        !digits.isEmpty()
            && digits.length() <= 5
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return isPort ? Integer.parseInt(digits) : 0;
  }
}
