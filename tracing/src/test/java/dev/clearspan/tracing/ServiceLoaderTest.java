package dev.clearspan.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.ledger.CallLedgerProvider;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class ServiceLoaderTest {
  @Test
  void theEngineFindsTheProvider() {
    assertThat(ServiceLoader.load(CallLedgerProvider.class))
        .singleElement()
        .isInstanceOf(TracingLedgerProvider.class);
  }
}
