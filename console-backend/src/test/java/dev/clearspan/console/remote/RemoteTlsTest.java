package dev.clearspan.console.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.rpc.internal.tls.TestAuthority;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteTlsTest {
  @TempDir private Path folder;

  @Test
  void believesTheAuthoritiesThatAreSet_andNoOthers() throws Exception {
    TestAuthority known = new TestAuthority(folder.resolve("known"));
    TestAuthority other = new TestAuthority(folder.resolve("other"));
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(known.server().toKeyManagerFactory().getKeyManagers(), null, null);
    try (StandIn server =
        StandIn.start(tls, exchange -> StandIn.send(exchange, 200, "application/json", "{}"))) {
      RemoteConfig config = RemoteConfig.of("Jaeger", server.url());

      assertThat(new RemoteJson(config.withCa(known.authorities())).get("/", Map.of())).isEmpty();
      for (RemoteConfig unknown : new RemoteConfig[] {config, config.withCa(other.authorities())}) {
        assertThatThrownBy(() -> new RemoteJson(unknown).get("/", Map.of()))
            .isInstanceOf(RemoteException.class)
            .hasMessageContaining("Jaeger at " + server.url())
            .hasMessageContaining("Check CLEARSPAN_JAEGER_CA.");
      }
    }
  }
}
