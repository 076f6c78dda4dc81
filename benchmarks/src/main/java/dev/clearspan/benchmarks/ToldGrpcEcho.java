package dev.clearspan.benchmarks;

import io.grpc.opentelemetry.GrpcOpenTelemetry;

/**
 * grpc-java as it comes, with grpc-opentelemetry on OpenTelemetry's SDK: its metrics, and its spans
 * if {@code GRPC_EXPERIMENTAL_ENABLE_OTEL_TRACING} is set. It cannot be switched while it runs.
 */
public final class ToldGrpcEcho implements Peer {
  @Override
  public Echo.Server serve(String variant) {
    var builder = GrpcEcho.server();
    plugin("echo").configureServerBuilder(builder);
    return GrpcEcho.serving(builder);
  }

  @Override
  public Echo.Client connect(int port, String variant) {
    var builder = GrpcEcho.channel(port);
    plugin("bench").configureChannelBuilder(builder);
    return GrpcEcho.calling(builder);
  }

  private static GrpcOpenTelemetry plugin(String service) {
    return GrpcOpenTelemetry.newBuilder().sdk(PlainSdk.open(service)).build();
  }
}
