package dev.clearspan.benchmarks.dubbo;

import com.google.protobuf.UnsafeByteOperations;
import dev.clearspan.benchmarks.Echo;
import dev.clearspan.benchmarks.Peer;
import dev.clearspan.benchmarks.proto.Ball;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.RpcContext;

/** Dubbo's own protocol with its default serialization, as it comes, without a registry. */
public final class DubboEcho implements Peer {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int MOST_BYTES = 16 << 20;

  @Override
  public Echo.Server serve(String variant) throws IOException {
    int port = freePort();
    ProtocolConfig protocol = new ProtocolConfig("dubbo", port);
    protocol.setHost("127.0.0.1");
    protocol.setPayload(MOST_BYTES);
    ServiceConfig<EchoService> service = new ServiceConfig<>();
    service.setInterface(EchoService.class);
    service.setRef(
        ball -> {
          Echo.pause(ball.getPauseMillis());
          return ball;
        });
    DubboBootstrap dubbo = bootstrap().protocol(protocol).service(service).start();
    return new Echo.Server() {
      @Override
      public int port() {
        return port;
      }

      @Override
      public void close() {
        dubbo.stop();
      }
    };
  }

  @Override
  public Echo.Client connect(int port, String variant) {
    ReferenceConfig<EchoService> reference = new ReferenceConfig<>();
    reference.setInterface(EchoService.class);
    reference.setUrl("dubbo://127.0.0.1:" + port);
    reference.setTimeout(TIMEOUT_MILLIS);
    reference.setRetries(0);
    DubboBootstrap dubbo = bootstrap().reference(reference).start();
    return new Calling(dubbo, reference.get());
  }

  private static DubboBootstrap bootstrap() {
    ApplicationConfig application = new ApplicationConfig("echo");
    application.setQosEnable(false);
    return DubboBootstrap.newInstance()
        .application(application)
        .registry(new RegistryConfig(RegistryConfig.NO_AVAILABLE));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private record Calling(DubboBootstrap dubbo, EchoService echo) implements Echo.Client {
    @Override
    public void send(Ball ball, Echo.Catcher catcher) {
      CompletableFuture<PojoBall> reply =
          RpcContext.getServiceContext().asyncCall(() -> echo.echo(pojo(ball)));
      reply.whenComplete(
          (back, failure) -> {
            if (failure == null) {
              catcher.caught(ball(back));
            } else {
              catcher.failed(failure);
            }
          });
    }

    @Override
    public Ball call(Ball ball) {
      return ball(echo.echo(pojo(ball)));
    }

    @Override
    public void close() {
      dubbo.stop();
    }

    private static PojoBall pojo(Ball ball) {
      PojoBall pojo = new PojoBall();
      pojo.setId(ball.getId());
      pojo.setPayload(ball.getPayload().toByteArray());
      pojo.setPauseMillis(ball.getPauseMillis());
      return pojo;
    }

    private static Ball ball(PojoBall pojo) {
      return Ball.newBuilder()
          .setId(pojo.getId())
          .setPayload(UnsafeByteOperations.unsafeWrap(pojo.getPayload()))
          .build();
    }
  }
}
