/**
 * Instances as name servers know them. Entry: {@link dev.clearspan.rpc.discovery.dns.DnsDiscovery}.
 */
@NullMarked
package dev.clearspan.rpc.discovery.dns;

import org.jspecify.annotations.NullMarked;
