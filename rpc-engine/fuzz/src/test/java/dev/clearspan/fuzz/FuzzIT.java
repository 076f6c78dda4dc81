package dev.clearspan.fuzz;

import dev.clearspan.rpc.internal.frame.FramesFuzz;
import dev.clearspan.rpc.internal.frame.MetadataFuzz;
import dev.clearspan.rpc.internal.http1.ConnectJsonFuzz;
import dev.clearspan.rpc.internal.http2.Http2ClientFuzz;
import dev.clearspan.rpc.internal.http2.Http2Fuzz;
import dev.clearspan.rpc.internal.netty.ConnectionFuzz;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Five seconds a target, and ten minutes each among the long proofs; three targets at a time. */
class FuzzIT {
  @ParameterizedTest
  @MethodSource("targets")
  void nothingIsFoundInFiveSeconds(Class<?> target) throws Exception {
    FuzzRun.of(target, Duration.ofSeconds(5)).run();
  }

  @ParameterizedTest
  @Tag("full")
  @MethodSource("targets")
  void nothingIsFoundInTenMinutes(Class<?> target) throws Exception {
    FuzzRun.of(target, Duration.ofMinutes(10)).run();
  }

  static Stream<Class<?>> targets() {
    return Stream.of(
        FramesFuzz.class,
        MetadataFuzz.class,
        ConnectionFuzz.class,
        Http2Fuzz.class,
        Http2ClientFuzz.class,
        ConnectJsonFuzz.class);
  }
}
