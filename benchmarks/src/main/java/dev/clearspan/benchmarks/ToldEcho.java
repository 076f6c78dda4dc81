package dev.clearspan.benchmarks;

import dev.clearspan.benchmarks.proto.Ball;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.Ledgers;
import dev.clearspan.rpc.ledger.PlainLedger;
import java.util.function.Consumer;

/**
 * Clearspan that tells of its calls: "recorder-loop" and "recorder-default" with the ledger of our
 * tracing, "sdk-loop" and "sdk-default" without it but with an interceptor that makes plain spans
 * and measurements of OpenTelemetry's SDK. Both are switched while they run; off, a call has a
 * trace id and nothing else. Clients run their callbacks on the loop.
 */
public final class ToldEcho implements Peer {
  private static final String RECORDER = "recorder";

  @Override
  public Echo.Server serve(String variant) {
    String[] words = variant.split("-", 2);
    if (words[0].equals(RECORDER)) {
      CallLedger ledger = Ledgers.of(ProcessIdentity.of("echo"));
      return new Serving(
          ClearspanEcho.serving(ClearspanEcho.server(words[1], ledger).start()),
          ledger::recording,
          ledger::close);
    }
    SdkInterceptor sdk = SdkInterceptor.open("echo");
    return new Serving(
        ClearspanEcho.serving(
            ClearspanEcho.server(words[1], new PlainLedger()).interceptor(sdk).start()),
        sdk::telling,
        sdk::close);
  }

  @Override
  public Echo.Client connect(int port, String variant) {
    if (variant.startsWith(RECORDER)) {
      CallLedger ledger = Ledgers.of(ProcessIdentity.of("bench"));
      return new Calling(
          ClearspanEcho.calling(
              ClearspanEcho.channel(port, ledger).executor(Runnable::run).build()),
          ledger::recording,
          ledger::close);
    }
    SdkInterceptor sdk = SdkInterceptor.open("bench");
    return new Calling(
        ClearspanEcho.calling(
            ClearspanEcho.channel(port, new PlainLedger())
                .executor(Runnable::run)
                .interceptor(sdk)
                .build()),
        sdk::telling,
        sdk::close);
  }

  private record Serving(Echo.Server server, Consumer<Boolean> telling, Runnable end)
      implements Echo.Server {
    @Override
    public int port() {
      return server.port();
    }

    @Override
    public void telemetry(boolean on) {
      telling.accept(on);
    }

    @Override
    public void close() {
      server.close();
      end.run();
    }
  }

  private record Calling(Echo.Client client, Consumer<Boolean> telling, Runnable end)
      implements Echo.Client {
    @Override
    public void send(Ball ball, Echo.Catcher catcher) {
      client.send(ball, catcher);
    }

    @Override
    public void telemetry(boolean on) {
      telling.accept(on);
    }

    @Override
    public void close() {
      client.close();
      end.run();
    }
  }
}
