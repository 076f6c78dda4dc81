package dev.clearspan.rpc.client;

import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.internal.transport.ConnectionListener;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.internal.transport.EndpointConnection;
import dev.clearspan.rpc.outlier.WatchedInstances;

/** Makes endpoints of instances, each with its connection. Thread-safe. */
final class EndpointOpener {
  private final ChannelSettings settings;
  private final ChannelCounters counters;
  private final WatchedInstances watched;
  private final News news;

  /** Hears how an endpoint's connection is doing. */
  interface News {
    void connectionChanged(Endpoint endpoint, ConnectionState state, String cause);

    /** Its server stops or begins to serve, by its own word. */
    void served(Endpoint endpoint, boolean serving);
  }

  EndpointOpener(
      ChannelSettings settings, ChannelCounters counters, WatchedInstances watched, News news) {
    this.settings = settings;
    this.counters = counters;
    this.watched = watched;
    this.news = news;
  }

  /** A new endpoint, connecting; {@code newcomer} if it came after the first snapshot. */
  Endpoint open(Instance instance, boolean newcomer) {
    return new Endpoint(
        address(instance),
        new Endpoint.Condition(instance, newcomer, settings.ticker().nanos()),
        watched.add(),
        this::connection);
  }

  private EndpointConnection connection(Endpoint endpoint) {
    return settings
        .transport()
        .open(endpoint.address(), settings.identity(), new Listener(endpoint));
  }

  private EndpointAddress address(Instance instance) {
    return new EndpointAddress(
        settings.service(),
        instance.getService().isEmpty() ? "" : instance.getInstanceId(),
        instance.getIncarnation(),
        instance.getHost(),
        instance.getPort(),
        protocol(instance));
  }

  private Protocol protocol(Instance instance) {
    Protocol fixed = settings.protocol();
    return fixed != null ? fixed : Protocol.forInstance(instance.getProtocolsList());
  }

  private final class Listener implements ConnectionListener {
    private final Endpoint endpoint;

    Listener(Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    public void stateChanged(ConnectionState state, String cause) {
      news.connectionChanged(endpoint, state, cause);
    }

    @Override
    public void served(boolean serving) {
      news.served(endpoint, serving);
    }

    @Override
    public void attempted(boolean connected) {
      (connected ? counters.connected : counters.notConnected).increment();
    }

    @Override
    public void disconnected(String errorType) {
      ChannelCounters.count(counters.disconnections, errorType);
    }
  }
}
