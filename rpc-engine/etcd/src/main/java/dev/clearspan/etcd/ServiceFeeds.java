package dev.clearspan.etcd;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One feed per service that somebody listens to. Loop-only. */
final class ServiceFeeds {
  private final FeedContext context;
  private final Map<String, ServiceFeed> feeds = new HashMap<>();

  ServiceFeeds(FeedContext context) {
    this.context = context;
  }

  /** The service's feed, started if it is new. */
  ServiceFeed of(String service) {
    return feeds.computeIfAbsent(
        service,
        name -> {
          ServiceFeed feed = new ServiceFeed(name, context);
          feed.start();
          return feed;
        });
  }

  /** Takes a listener away, and with the last one the feed. */
  void release(String service, Consumer<ServiceFeed> removal) {
    ServiceFeed feed = feeds.get(service);
    if (feed == null) {
      return;
    }
    removal.accept(feed);
    if (feed.isUnused()) {
      feeds.remove(service);
      var unused = feed.stop();
    }
  }

  /** Ends all feeds; completes when what they knew is on disk. */
  CompletableFuture<Void> stop() {
    List<CompletableFuture<Void>> flushes = feeds.values().stream().map(ServiceFeed::stop).toList();
    feeds.clear();
    return CompletableFuture.allOf(flushes.toArray(CompletableFuture<?>[]::new));
  }
}
