package dev.clearspan.rpc.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses as operators write them: {@code payments=10.0.0.1:9090;10.0.0.2:9090,weight=200}, one
 * service a line or separated by blanks; what follows a {@code #} is a comment.
 */
final class AddressText {
  private static final String EXPECTED =
      " (expected: service=host:port;host:port,weight=200, IPv6 addresses in brackets)";
  private static final Pattern PLACE =
      Pattern.compile("(?:\\[([^\\]]+)]|([^:\\[\\]]+)):(\\d{1,5})(?:,weight=(\\d{1,5}))?");

  private AddressText() {}

  static Map<String, List<Address>> parse(String text) {
    Map<String, List<Address>> services = new LinkedHashMap<>();
    for (String line : text.split("\\R")) {
      for (String entry : line.replaceFirst("#.*", "").strip().split("\\s+")) {
        if (!entry.isEmpty()) {
          add(services, entry);
        }
      }
    }
    return services;
  }

  private static void add(Map<String, List<Address>> services, String entry) {
    int equals = entry.indexOf('=');
    String service = equals < 0 ? entry : entry.substring(0, equals);
    if (equals < 0 || services.containsKey(service)) {
      throw new IllegalArgumentException(
          "\"" + entry + "\"" + (equals < 0 ? "" : ": the service is there twice") + EXPECTED);
    }
    List<Address> addresses = new ArrayList<>();
    for (String place : entry.substring(equals + 1).split(";")) {
      addresses.add(address(place));
    }
    services.put(service, addresses);
  }

  private static Address address(String place) {
    Matcher parts = PLACE.matcher(place);
    if (!parts.matches()) {
      throw new IllegalArgumentException("\"" + place + "\"" + EXPECTED);
    }
    String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
    Address address = Address.of(host, Integer.parseInt(parts.group(3)));
    String weight = parts.group(4);
    return weight == null ? address : address.withWeight(Integer.parseInt(weight));
  }
}
