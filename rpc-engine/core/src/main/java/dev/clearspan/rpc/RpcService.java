package dev.clearspan.rpc;

/** Something a {@link RpcServer} can serve. Generated service bases implement it. */
@FunctionalInterface
public interface RpcService {
  /** The methods of this service, bound to this object. Called once, when the server is built. */
  ServiceDefinition definition();
}
