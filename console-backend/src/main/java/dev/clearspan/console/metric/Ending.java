package dev.clearspan.console.metric;

import dev.clearspan.rpc.Status;

/**
 * How calls of one data point ended.
 *
 * @param code UNKNOWN where the sender names an error and no code that gRPC has
 * @param retry whether they were attempts after a call's first
 */
record Ending(Status.Code code, boolean retry) {
  boolean failed() {
    return code != Status.Code.OK;
  }
}
