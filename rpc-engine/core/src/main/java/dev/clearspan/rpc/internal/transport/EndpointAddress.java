package dev.clearspan.rpc.internal.transport;

import dev.clearspan.rpc.Protocol;

/**
 * Where an endpoint is and who is expected there.
 *
 * @param service expected service; a server that says otherwise in HELLO is not the endpoint
 * @param instanceId expected instance id; "" when unknown (a direct target)
 * @param incarnation expected incarnation; "" when unknown
 * @param host IP address or host name
 * @param port 1 to 65,535
 * @param protocol what it is called in
 */
public record EndpointAddress(
    String service,
    String instanceId,
    String incarnation,
    String host,
    int port,
    Protocol protocol) {

  /** An address that is called in Clearspan frames. */
  public EndpointAddress(
      String service, String instanceId, String incarnation, String host, int port) {
    this(service, instanceId, incarnation, host, port, Protocol.CLEARSPAN);
  }

  /** "host:port". */
  public String authority() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
