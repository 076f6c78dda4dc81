package dev.clearspan.rpc;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one call wants to be different. Immutable.
 *
 * @param deadline time the whole call may take, retries included; null: policy, then the kind's
 *     default. An inherited deadline and the policy's maximum still bound it
 * @param metadata sent with the request
 * @param replyMetadata hears the metadata of the reply; null: nobody does
 * @param criticality how much it matters; null: as much as the served call it is made from, or
 *     {@link Criticality#CRITICAL}
 */
public record CallOptions(
    @Nullable Duration deadline,
    Metadata metadata,
    @Nullable ReplyMetadata replyMetadata,
    @Nullable Criticality criticality) {
  public static final CallOptions DEFAULT = new CallOptions(null, Metadata.EMPTY, null, null);

  public CallOptions {
    if (deadline != null && (deadline.isNegative() || deadline.isZero())) {
      throw new IllegalArgumentException("deadline: " + deadline + " (expected: > 0)");
    }
  }

  public CallOptions withDeadline(Duration value) {
    return new CallOptions(value, metadata, replyMetadata, criticality);
  }

  public CallOptions withMetadata(Metadata value) {
    return new CallOptions(deadline, value, replyMetadata, criticality);
  }

  public CallOptions withReplyMetadata(ReplyMetadata value) {
    return new CallOptions(deadline, metadata, value, criticality);
  }

  public CallOptions withCriticality(Criticality value) {
    return new CallOptions(deadline, metadata, replyMetadata, value);
  }
}
