/**
 * Questions to name servers, asynchronously, with what the JDK's lookup does not tell: SRV records,
 * lives, and whether there is no such name or no answer. Entry: {@link
 * dev.clearspan.rpc.internal.dns.NameServers}.
 */
@NullMarked
package dev.clearspan.rpc.internal.dns;

import org.jspecify.annotations.NullMarked;
