package dev.clearspan.etcd;

import java.util.regex.Pattern;

/** Which keys operators' tools may name: relative, of printable ASCII, without empty parts. */
final class StoreKeys {
  private static final Pattern KEY = Pattern.compile("(?=.{1,512}$)[!-.0-~]+(?:/[!-.0-~]+)*");
  private static final Pattern PREFIX = Pattern.compile("|(?=.{1,512}$)[!-.0-~]+(?:/[!-.0-~]+)*/?");

  private StoreKeys() {}

  static String require(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "key: \"" + key + "\" (expected: relative to the environment, as svc/orders/ctl/policy)");
    }
    return key;
  }

  static String requirePrefix(String prefix) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "prefix: \"" + prefix + "\" (expected: relative to the environment, as svc/orders/)");
    }
    return prefix;
  }
}
