package dev.clearspan.rpc.internal.http2;

import io.netty.util.AsciiString;

/** Names and values of the headers that gRPC defines, and our own. */
final class GrpcNames {
  static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
  static final AsciiString GRPC = AsciiString.cached("application/grpc");
  static final AsciiString GRPC_PROTO = AsciiString.cached("application/grpc+proto");
  static final AsciiString TE = AsciiString.cached("te");
  static final AsciiString TRAILERS = AsciiString.cached("trailers");
  static final AsciiString USER_AGENT = AsciiString.cached("user-agent");
  static final AsciiString TIMEOUT = AsciiString.cached("grpc-timeout");
  static final AsciiString ENCODING = AsciiString.cached("grpc-encoding");
  static final AsciiString ACCEPT_ENCODING = AsciiString.cached("grpc-accept-encoding");
  static final AsciiString STATUS = AsciiString.cached("grpc-status");
  static final AsciiString MESSAGE = AsciiString.cached("grpc-message");

  static final AsciiString IDENTITY = AsciiString.cached("identity");
  static final AsciiString GZIP = AsciiString.cached("gzip");
  static final AsciiString ACCEPTED_ENCODINGS = AsciiString.cached("identity,gzip");

  /** Rich error details, a serialised {@code google.rpc.Status}: metadata like any other. */
  static final String STATUS_DETAILS = "grpc-status-details-bin";

  static final AsciiString TRACE_PARENT = AsciiString.cached("traceparent");

  /** Request: "1" says that the caller is a Clearspan client and reads {@link #TIMING}. */
  static final AsciiString CLEARSPAN_CLIENT = AsciiString.cached("clearspan-client");

  /** Request: name of the calling service; Clearspan clients only. */
  static final AsciiString CLEARSPAN_CALLER = AsciiString.cached("clearspan-caller");

  /** Trailer: "1" if the trace is being kept, so that the caller keeps its part. */
  static final AsciiString KEEP = AsciiString.cached("clearspan-keep");

  /** Trailer to Clearspan clients: "server time;queue time", both in nanoseconds. */
  static final AsciiString TIMING = AsciiString.cached("clearspan-server-time");

  /** Trailer: "1" says that no handler ran and none will, so the call may be sent elsewhere. */
  static final AsciiString REFUSED = AsciiString.cached("clearspan-refused");

  /** Trailer of a failure: the trace's id, for callers that did not begin it. */
  static final AsciiString TRACE_ID = AsciiString.cached("clearspan-trace-id");

  static final AsciiString ONE = AsciiString.cached("1");

  private GrpcNames() {}
}
