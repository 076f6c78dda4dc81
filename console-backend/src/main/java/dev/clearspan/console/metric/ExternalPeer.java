package dev.clearspan.console.metric;

/**
 * What services call that is none of theirs: a database, a cache, a queue, a web server.
 *
 * @param kind {@code database}, {@code cache}, {@code queue}, {@code http} or {@code rpc}
 * @param system such as postgresql, kafka or http
 * @param name of the database or destination; empty where the span does not tell
 * @param address host, with the port if there is one; empty for what runs within the process
 */
public record ExternalPeer(String kind, String system, String name, String address) {
  private static final int LONGEST = 100;

  public ExternalPeer {
    name = plain(name);
    system = plain(system);
    address = plain(address);
  }

  /** Names it among all of an environment. */
  public String id() {
    return system + (name.isEmpty() ? "" : "/" + name) + (address.isEmpty() ? "" : "@" + address);
  }

  private static String plain(String text) {
    String kept = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    return kept.codePoints().anyMatch(Character::isISOControl)
        ? kept.replaceAll("\\p{Cntrl}", " ")
        : kept;
  }
}
