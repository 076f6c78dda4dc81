package dev.clearspan.console.trace;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Writes TracesData around spans that are bytes already. */
final class FragmentBytes {
  private FragmentBytes() {}

  /** The spans of each resource, in one scope without a name. */
  static byte[] of(Map<Resource, List<ByteString>> spans) {
    int size = 0;
    for (Map.Entry<Resource, List<ByteString>> group : spans.entrySet()) {
      size +=
          sizeWithHead(
              TracesData.RESOURCE_SPANS_FIELD_NUMBER,
              resourceSize(group.getKey(), scopeSize(group.getValue())));
    }
    byte[] bytes = new byte[size];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      for (Map.Entry<Resource, List<ByteString>> group : spans.entrySet()) {
        write(group.getKey(), group.getValue(), out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes;
  }

  private static void write(Resource resource, List<ByteString> spans, CodedOutputStream out)
      throws IOException {
    int scopeSize = scopeSize(spans);
    head(TracesData.RESOURCE_SPANS_FIELD_NUMBER, resourceSize(resource, scopeSize), out);
    out.writeMessage(ResourceSpans.RESOURCE_FIELD_NUMBER, resource);
    head(ResourceSpans.SCOPE_SPANS_FIELD_NUMBER, scopeSize, out);
    for (ByteString span : spans) {
      out.writeBytes(ScopeSpans.SPANS_FIELD_NUMBER, span);
    }
  }

  private static int scopeSize(List<ByteString> spans) {
    int size = 0;
    for (ByteString span : spans) {
      size += CodedOutputStream.computeBytesSize(ScopeSpans.SPANS_FIELD_NUMBER, span);
    }
    return size;
  }

  private static int resourceSize(Resource resource, int scopeSize) {
    return CodedOutputStream.computeMessageSize(ResourceSpans.RESOURCE_FIELD_NUMBER, resource)
        + sizeWithHead(ResourceSpans.SCOPE_SPANS_FIELD_NUMBER, scopeSize);
  }

  private static int sizeWithHead(int field, int size) {
    return CodedOutputStream.computeTagSize(field)
        + CodedOutputStream.computeUInt32SizeNoTag(size)
        + size;
  }

  private static void head(int field, int size, CodedOutputStream out) throws IOException {
    out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(size);
  }
}
