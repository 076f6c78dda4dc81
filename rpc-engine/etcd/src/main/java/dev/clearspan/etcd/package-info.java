/**
 * Discovery, rules and status on etcd. {@link dev.clearspan.etcd.EtcdRegistry} is what a process
 * that calls or serves uses; {@link dev.clearspan.etcd.EtcdControlStore} is the operators' side.
 *
 * <p>All state of either lives on one thread, its {@code Loop}; callbacks of the etcd client hop
 * onto it. Blocking work (disk, opening and closing connections) runs on a small pool beside it.
 */
@NullMarked
package dev.clearspan.etcd;

import org.jspecify.annotations.NullMarked;
