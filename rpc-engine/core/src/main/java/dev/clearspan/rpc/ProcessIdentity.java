package dev.clearspan.rpc;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Who this process is, to the servers it calls, to the registry and to telemetry.
 *
 * @param service the service it serves, or the name it calls as
 * @param instanceId stable over restarts; default host:port for a server, the process id otherwise
 * @param processId random for each start: the incarnation
 * @param pid operating system's process id
 * @param host host name
 * @param started when this identity was made
 * @param zone where it runs, as instances name it; empty: not known
 */
public record ProcessIdentity(
    String service,
    String instanceId,
    String processId,
    long pid,
    String host,
    Instant started,
    String zone) {

  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * The identity given by {@code clearspan.service} and {@code clearspan.instance} (system
   * properties), else {@code CLEARSPAN_SERVICE} and {@code CLEARSPAN_INSTANCE} (environment), else
   * {@code OTEL_SERVICE_NAME}, else the fallback. Its zone is {@code clearspan.zone} or {@code
   * CLEARSPAN_ZONE}.
   */
  public static ProcessIdentity fromEnvironment(String fallbackService) {
    String processId = randomId();
    String service =
        setting(
            "clearspan.service",
            "CLEARSPAN_SERVICE",
            environment("OTEL_SERVICE_NAME", fallbackService));
    String instance = setting("clearspan.instance", "CLEARSPAN_INSTANCE", processId);
    return new ProcessIdentity(
        service,
        instance,
        processId,
        ProcessHandle.current().pid(),
        hostName(),
        Instant.now(),
        setting("clearspan.zone", "CLEARSPAN_ZONE", ""));
  }

  /** A fresh identity for the service, with a random process id for its instance id, in no zone. */
  public static ProcessIdentity of(String service) {
    String processId = randomId();
    return new ProcessIdentity(
        service,
        processId,
        processId,
        ProcessHandle.current().pid(),
        hostName(),
        Instant.now(),
        "");
  }

  public ProcessIdentity withInstanceId(String value) {
    return new ProcessIdentity(service, value, processId, pid, host, started, zone);
  }

  public ProcessIdentity withZone(String value) {
    return new ProcessIdentity(service, instanceId, processId, pid, host, started, value);
  }

  private static String setting(String property, String variable, String fallback) {
    return System.getProperty(property, environment(variable, fallback));
  }

  private static String environment(String variable, String fallback) {
    String value = System.getenv(variable);
    return value == null || value.isBlank() ? fallback : value;
  }

  private static String randomId() {
    byte[] bytes = new byte[8];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
