/**
 * Which endpoint takes the next attempt. {@link dev.clearspan.rpc.balance.Balancer} is the seam;
 * every implementation inherits the test class {@code BalancerContract}.
 */
@NullMarked
package dev.clearspan.rpc.balance;

import org.jspecify.annotations.NullMarked;
