package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.TraceContext;
import dev.clearspan.rpc.ledger.TraceParent;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the HEADERS of a request say: first what tells whether it is a gRPC request at all ({@link
 * #read}), then, once the method is known, the rest ({@link #metadata}).
 */
final class RequestHead {
  private static final String GRPC = "application/grpc";

  private String httpMethod = "";
  private String path = "";
  private String contentType = "";
  private @Nullable CharSequence timeout;
  private @Nullable CharSequence encoding;
  private @Nullable CharSequence acceptEncoding;
  private @Nullable CharSequence traceParent;
  private @Nullable CharSequence caller;
  private Criticality criticality = Criticality.CRITICAL;
  private boolean keep;
  private boolean clearspan;
  private @Nullable List<Map.Entry<CharSequence, CharSequence>> others;

  private RequestHead() {}

  /** Reads the headers; what is wrong with them shows later. */
  static RequestHead read(Http2Headers headers) {
    RequestHead head = new RequestHead();
    for (Map.Entry<CharSequence, CharSequence> header : headers) {
      head.take(header);
    }
    return head;
  }

  private void take(Map.Entry<CharSequence, CharSequence> header) {
    CharSequence value = header.getValue();
    switch (header.getKey().toString()) {
      case ":method" -> httpMethod = value.toString();
      case ":path" -> path = value.toString();
      case ":scheme", ":authority", "te" -> {
        // Of no concern here.
      }
      case "content-type" -> contentType = value.toString();
      case "grpc-timeout" -> timeout = value;
      case "grpc-encoding" -> encoding = value;
      case "grpc-accept-encoding" -> acceptEncoding = value;
      case TraceParent.HEADER -> traceParent = value;
      case "clearspan-client" -> clearspan = true;
      case "clearspan-caller" -> caller = value;
      case Criticality.HEADER -> criticality = Criticality.labelled(value);
      case "clearspan-keep" -> keep = true;
      default -> addOther(header);
    }
  }

  private void addOther(Map.Entry<CharSequence, CharSequence> header) {
    if (others == null) {
      others = new ArrayList<>(4);
    }
    others.add(header);
  }

  String httpMethod() {
    return httpMethod;
  }

  /** "/package.Service/Method", or whatever was asked for. */
  String path() {
    return path;
  }

  String contentType() {
    return contentType;
  }

  /** Whether the content type is gRPC's, with or without a codec's name behind it. */
  boolean isGrpc() {
    int length = GRPC.length();
    return contentType.startsWith(GRPC)
        && (contentType.length() == length
            || contentType.charAt(length) == '+'
            || contentType.charAt(length) == ';');
  }

  /** The codec's name that the content type ends with; null if it has none. */
  @Nullable String codec() {
    int plus = contentType.indexOf('+');
    int end = contentType.indexOf(';');
    return plus < 0 ? null : contentType.substring(plus + 1, end < 0 ? contentType.length() : end);
  }

  /**
   * Time the call may take.
   *
   * @throws IllegalArgumentException if the header is malformed
   */
  long timeoutNanos() {
    return timeout == null ? GrpcTimeout.MOST_NANOS : GrpcTimeout.decode(timeout);
  }

  /** Whether compressed messages are gzip; false if none may be compressed. */
  boolean sendsGzip() {
    return encoding != null && GrpcNames.GZIP.contentEquals(encoding);
  }

  /** The encoding of compressed messages that is not known here; null if it is. */
  @Nullable CharSequence unknownEncoding() {
    boolean known = encoding == null || sendsGzip() || GrpcNames.IDENTITY.contentEquals(encoding);
    return known ? null : encoding;
  }

  /** Whether replies may be compressed with gzip. */
  boolean takesGzip() {
    if (acceptEncoding == null) {
      return false;
    }
    for (String each : acceptEncoding.toString().split(",", -1)) {
      if (each.strip().equals("gzip")) {
        return true;
      }
    }
    return false;
  }

  /** Whether the caller is a Clearspan client, which reads more from trailers than others. */
  boolean isClearspan() {
    return clearspan;
  }

  /** The calling service; "" when unknown. */
  String caller() {
    return caller == null ? "" : caller.toString();
  }

  /** How much the call matters to its caller. */
  Criticality criticality() {
    return criticality;
  }

  /** The caller's position in its trace, or null. */
  @Nullable TraceContext trace() {
    TraceContext context = TraceParent.parse(traceParent);
    if (context == null || !keep) {
      return context;
    }
    return new TraceContext(
        context.traceIdHigh(),
        context.traceIdLow(),
        context.spanId(),
        context.traceFlags(),
        TraceContext.KEEP);
  }

  /**
   * The user's metadata.
   *
   * @throws RpcException RESOURCE_EXHAUSTED or INVALID_ARGUMENT
   */
  Metadata metadata(Limits limits) {
    if (others == null) {
      return Metadata.EMPTY;
    }
    try {
      return HeaderMetadata.read(others, limits);
    } catch (IllegalArgumentException e) {
      throw new RpcException(Status.Code.INVALID_ARGUMENT, String.valueOf(e.getMessage()));
    }
  }
}
