/**
 * Finds the instances that do worse than the others, by error rate and by latency over all methods,
 * and leaves them out for a while. {@link dev.clearspan.rpc.outlier.OutlierJudge} judges what
 * {@link dev.clearspan.rpc.outlier.Tally} has counted.
 */
@NullMarked
package dev.clearspan.rpc.outlier;

import org.jspecify.annotations.NullMarked;
