package dev.clearspan.fuzz;

import dev.clearspan.rpc.internal.frame.FramesFuzz;
import dev.clearspan.rpc.internal.frame.MetadataFuzz;
import dev.clearspan.rpc.internal.http1.ConnectJsonFuzz;
import dev.clearspan.rpc.internal.http2.Http2Fuzz;
import dev.clearspan.rpc.internal.netty.ConnectionFuzz;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten seconds a target, and ten minutes each among the long proofs. */
class FuzzIT {
  @ParameterizedTest
  @ValueSource(
      classes = {
        FramesFuzz.class,
        MetadataFuzz.class,
        ConnectionFuzz.class,
        Http2Fuzz.class,
        ConnectJsonFuzz.class,
      })
  void nothingIsFoundInTenSeconds(Class<?> target) throws Exception {
    FuzzRun.of(target).run(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @Tag("full")
  @ValueSource(
      classes = {
        FramesFuzz.class,
        MetadataFuzz.class,
        ConnectionFuzz.class,
        Http2Fuzz.class,
        ConnectJsonFuzz.class,
      })
  void nothingIsFoundInTenMinutes(Class<?> target) throws Exception {
    FuzzRun.of(target).run(Duration.ofMinutes(10));
  }
}
