package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.ledger.TraceContext;
import io.netty.util.AsciiString;
import java.util.Arrays;

/**
 * The header fields of the requests of one connection, as name-value pairs: those that never change
 * are made once. The time left is filled in when the request is written. Thread-safe.
 */
final class RequestFields {
  private static final AsciiString USER_AGENT = AsciiString.cached("clearspan-java");
  private static final AsciiString PREVIOUS_ATTEMPTS = AsciiString.cached(PreviousAttempts.KEY);
  private static final AsciiString CRITICALITY = AsciiString.cached(Criticality.HEADER);
  private static final int PAIR = 2;

  // Codecs that the content type does not name: the usual one, and the one that stands for any.
  private static final String PROTO = "proto";
  private static final String BYTES = "bytes";

  private final AsciiString[] constant;

  RequestFields(ProcessIdentity caller) {
    this.constant =
        new AsciiString[] {
          GrpcNames.CONTENT_TYPE, GrpcNames.GRPC,
          GrpcNames.TE, GrpcNames.TRAILERS,
          GrpcNames.USER_AGENT, USER_AGENT,
          GrpcNames.ACCEPT_ENCODING, GrpcNames.ACCEPTED_ENCODINGS,
          GrpcNames.CLEARSPAN_CLIENT, GrpcNames.ONE,
          GrpcNames.CLEARSPAN_CALLER, AsciiString.of(caller.service()),
          GrpcNames.TIMEOUT
        };
  }

  /** The fields of one request; the value of {@code grpc-timeout} is still missing. */
  AsciiString[] of(
      String codec,
      Metadata metadata,
      int attempt,
      Criticality criticality,
      TraceContext trace,
      boolean gzip) {
    boolean keep = (trace.clearspanFlags() & TraceContext.KEEP) != 0;
    boolean unusual = criticality != Criticality.CRITICAL;
    int pairs =
        1 + one(keep) + one(gzip) + one(attempt > 1) + one(unusual) + metadata.entries().size();
    AsciiString[] fields = Arrays.copyOf(constant, constant.length + 1 + PAIR * pairs);
    if (!codec.equals(PROTO) && !codec.equals(BYTES)) {
      fields[1] = AsciiString.of(GrpcNames.GRPC + "+" + codec);
    }
    int end = constant.length + 1;
    end = put(fields, end, GrpcNames.TRACE_PARENT, TraceParentText.of(trace));
    if (keep) {
      end = put(fields, end, GrpcNames.KEEP, GrpcNames.ONE);
    }
    if (gzip) {
      end = put(fields, end, GrpcNames.ENCODING, GrpcNames.GZIP);
    }
    if (unusual) {
      end = put(fields, end, CRITICALITY, AsciiString.of(criticality.label()));
    }
    if (attempt > 1) {
      end = put(fields, end, PREVIOUS_ATTEMPTS, AsciiString.of(Integer.toString(attempt - 1)));
    }
    for (Metadata.Entry entry : metadata.entries()) {
      if (HeaderMetadata.isMetadata(entry.key())) {
        end = put(fields, end, AsciiString.of(entry.key()), AsciiString.of(entry.value()));
      }
    }
    return end == fields.length ? fields : Arrays.copyOf(fields, end);
  }

  /** Fills in how much time is left. */
  void setTimeLeft(AsciiString[] fields, long nanos) {
    fields[constant.length] = GrpcTimeout.encode(nanos);
  }

  /** Whether a field differs from call to call, so that HPACK's table should not remember it. */
  static boolean changesAlways(CharSequence name) {
    return name == GrpcNames.TIMEOUT || name == GrpcNames.TRACE_PARENT;
  }

  private static int one(boolean present) {
    return present ? 1 : 0;
  }

  private static int put(AsciiString[] fields, int at, AsciiString name, AsciiString value) {
    fields[at] = name;
    fields[at + 1] = value;
    return at + PAIR;
  }
}
