package dev.clearspan.console.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FragmentBytesTest {
  /** Sizes on both sides of where a length takes one more byte. */
  @Test
  void areWhatTheLibraryWouldWrite() {
    for (int size : List.of(0, 1, 100, 120, 127, 128, 2_000, 16_383, 16_384, 100_000)) {
      Map<Resource, List<ByteString>> spans = new LinkedHashMap<>();
      TracesData.Builder expected = TracesData.newBuilder();
      for (String service : List.of("", "orders", "p".repeat(size))) {
        Resource resource =
            Resource.newBuilder()
                .addAttributes(Spans.attribute("service.name", service + spans.size()))
                .build();
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        List<ByteString> bytes = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
          Span span = Span.newBuilder().setName("n".repeat(n * size)).build();
          scope.addSpans(span);
          bytes.add(span.toByteString());
        }
        spans.put(resource, bytes);
        expected.addResourceSpans(
            ResourceSpans.newBuilder().setResource(resource).addScopeSpans(scope));
      }
      assertThat(FragmentBytes.of(spans)).isEqualTo(expected.build().toByteArray());
    }
  }
}
