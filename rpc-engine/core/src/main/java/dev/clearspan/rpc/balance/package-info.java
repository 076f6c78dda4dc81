/**
 * Which endpoint takes the next attempt. {@link dev.clearspan.rpc.balance.Balancer} is the seam,
 * {@link dev.clearspan.rpc.balance.Balancers} makes the one that settings ask for; every
 * implementation inherits the test class {@code BalancerContract}.
 */
@NullMarked
package dev.clearspan.rpc.balance;

import org.jspecify.annotations.NullMarked;
