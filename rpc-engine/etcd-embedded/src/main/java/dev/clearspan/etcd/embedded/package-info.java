/**
 * The etcd v3 API for machines without etcd, on our own gRPC server and one file: {@link
 * dev.clearspan.etcd.embedded.EmbeddedRegistry} is the entry.
 */
@NullMarked
package dev.clearspan.etcd.embedded;

import org.jspecify.annotations.NullMarked;
