package dev.clearspan.console.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpanGistTest {
  private static final List<String> KEYS =
      List.of(
          "rpc.method",
          "server.address",
          "rpc.response.status_code",
          "rpc.status_code",
          "error.type",
          "other");
  private static final List<String> VALUES = List.of("", "OK", "UNAVAILABLE", "orders", "a/b");

  /** A search asks by what is noted here, and tests by what is read: they must be one. */
  @Test
  void saysWhatAReadSpanSays() {
    Random random = new Random(1);
    for (int run = 0; run < 5_000; run++) {
      Span span = span(random);
      Map<String, Object> resource =
          random.nextBoolean() ? Map.of() : Map.of("service.name", "payments");
      ReadSpan read = ReadSpan.of(resource, span);
      assertThat(SpanGist.of(ReadSpan.service(resource), span))
          .isEqualTo(
              new SpanGist(
                  read.service(),
                  read.target(),
                  read.method(),
                  read.name(),
                  read.isError() || !read.code().equals("OK"),
                  read.startMicros(),
                  read.endMicros()));
    }
  }

  private static Span span(Random random) {
    Span.Builder span =
        Span.newBuilder()
            .setName("n" + random.nextInt(3))
            .setKindValue(random.nextInt(6))
            .setStartTimeUnixNano(random.nextLong())
            .setEndTimeUnixNano(random.nextLong())
            .setStatus(Status.newBuilder().setCodeValue(random.nextInt(3)));
    for (int n = random.nextInt(6); n > 0; n--) {
      AnyValue.Builder value = AnyValue.newBuilder();
      if (random.nextInt(5) == 0) {
        value.setIntValue(random.nextInt(3));
      } else {
        value.setStringValue(VALUES.get(random.nextInt(VALUES.size())));
      }
      span.addAttributes(
          KeyValue.newBuilder().setKey(KEYS.get(random.nextInt(KEYS.size()))).setValue(value));
    }
    return span.build();
  }
}
