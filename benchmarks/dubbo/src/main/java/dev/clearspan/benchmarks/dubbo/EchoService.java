package dev.clearspan.benchmarks.dubbo;

/** What the server offers and clients call, waiting or (through Dubbo's context) not. */
public interface EchoService {
  PojoBall echo(PojoBall ball);
}
