package dev.clearspan.examples.demo;

import java.net.URI;

/** Where the parts of a run are reached; all on the loopback interface. */
record Endpoints(int registryPort, int etcdPeer, int console, int otlp) {
  static Endpoints of(Ports ports, int consolePort) {
    return new Endpoints(
        ports.take(2379), ports.take(2380), ports.take(consolePort), ports.take(4318));
  }

  String registry() {
    return url(registryPort);
  }

  URI consoleUri() {
    return URI.create(url(console));
  }

  String telemetry() {
    return url(otlp);
  }

  static String url(int port) {
    return "http://127.0.0.1:" + port;
  }
}
