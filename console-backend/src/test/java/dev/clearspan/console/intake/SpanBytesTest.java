package dev.clearspan.console.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpanBytesTest {
  private static final int SPAN_LEVEL = 3;
  private static final int END_GROUP = 4;

  private final Random random = new Random(7);

  /** With fields of later versions, of other types, and in any order, as any sender may write. */
  @Test
  void areThoseThatTheParserReads() throws IOException {
    int seen = 0;
    for (int run = 0; run < 2_000; run++) {
      byte[] request = message(0);
      List<Span> parsed = new ArrayList<>();
      for (ResourceSpans resource :
          ExportTraceServiceRequest.parseFrom(request).getResourceSpansList()) {
        for (ScopeSpans scope : resource.getScopeSpansList()) {
          parsed.addAll(scope.getSpansList());
        }
      }
      List<Span> sliced = new ArrayList<>();
      for (ByteString bytes : SpanBytes.of(request)) {
        sliced.add(Span.parseFrom(bytes));
      }
      assertThat(sliced).isEqualTo(parsed);
      seen += parsed.size();
    }
    assertThat(seen).isGreaterThan(5_000);
  }

  private byte[] message(int level) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    if (level == SPAN_LEVEL) {
      out.writeString(Span.NAME_FIELD_NUMBER, "n" + random.nextInt());
    }
    for (int n = level == SPAN_LEVEL ? 0 : random.nextInt(12); n > 0; n--) {
      int field = level == 0 ? 1 : 2;
      switch (random.nextInt(6)) {
        case 0 -> out.writeUInt64(field, random.nextLong());
        case 1 -> out.writeFixed32(field, random.nextInt());
        case 2 -> out.writeFixed64(100 + random.nextInt(100), random.nextLong());
        case 3 -> {
          out.writeTag(field, END_GROUP - 1);
          out.writeByteArray(field, message(level + 1));
          out.writeTag(field, END_GROUP);
        }
        default -> out.writeByteArray(field, message(level + 1));
      }
    }
    out.flush();
    return bytes.toByteArray();
  }
}
