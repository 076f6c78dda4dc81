/**
 * TLS for both ends: files to contexts, kept up to date by {@link
 * dev.clearspan.rpc.internal.tls.TlsContexts}; and who the peer's certificate says it is.
 */
@NullMarked
package dev.clearspan.rpc.internal.tls;

import org.jspecify.annotations.NullMarked;
