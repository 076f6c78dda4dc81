/**
 * A service's policy document: {@link dev.clearspan.rpc.policy.PolicyRules} says what is wrong with
 * one, {@link dev.clearspan.rpc.policy.PolicyLayers} which layer wins, {@link
 * dev.clearspan.rpc.policy.MethodPolicy} what a method gets in the end.
 */
@NullMarked
package dev.clearspan.rpc.policy;

import org.jspecify.annotations.NullMarked;
