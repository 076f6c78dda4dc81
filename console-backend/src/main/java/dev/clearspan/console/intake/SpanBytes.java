package dev.clearspan.console.intake;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The bytes of each span in an ExportTraceServiceRequest. */
final class SpanBytes {
  private static final int[] WAY_TO_A_SPAN = {
    tag(ExportTraceServiceRequest.RESOURCE_SPANS_FIELD_NUMBER),
    tag(ResourceSpans.SCOPE_SPANS_FIELD_NUMBER),
    tag(ScopeSpans.SPANS_FIELD_NUMBER)
  };

  private SpanBytes() {}

  /**
   * In the order in which the parsed request has them.
   *
   * @param request one that can be parsed
   */
  static List<ByteString> of(byte[] request) throws IOException {
    List<ByteString> spans = new ArrayList<>();
    collect(CodedInputStream.newInstance(request), 0, spans);
    return spans;
  }

  private static void collect(CodedInputStream in, int step, List<ByteString> spans)
      throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag != WAY_TO_A_SPAN[step]) {
        in.skipField(tag);
      } else if (step == WAY_TO_A_SPAN.length - 1) {
        spans.add(in.readBytes());
      } else {
        int outside = in.pushLimit(in.readRawVarint32());
        collect(in, step + 1, spans);
        in.popLimit(outside);
      }
    }
  }

  private static int tag(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }
}
