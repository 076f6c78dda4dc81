package dev.clearspan.rpc.discovery.dns;

import dev.clearspan.rpc.discovery.Address;
import dev.clearspan.rpc.internal.dns.DnsAnswer;
import dev.clearspan.rpc.internal.dns.NameServers;
import java.util.concurrent.CompletableFuture;

/** Finds the addresses of one service by its name in DNS. */
interface Lookup {
  /** Where a service is that was given no name. */
  Lookup NOWHERE =
      new Lookup() {
        @Override
        public CompletableFuture<DnsAnswer<Address>> ask(NameServers servers) {
          return CompletableFuture.completedFuture(new DnsAnswer.NoSuchName<>());
        }

        @Override
        public String name() {
          return "no name was given";
        }
      };

  /** Asks now; the future completes on the name servers' thread and never fails. */
  CompletableFuture<DnsAnswer<Address>> ask(NameServers servers);

  /** The name that is looked up. */
  String name();
}
