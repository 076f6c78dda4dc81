package dev.clearspan.examples.demo;

import dev.clearspan.etcd.EtcdRegistry;
import dev.clearspan.examples.shop.Rehearsal;

/** What a process does whose loaded classes become the {@link ClassArchive}. */
public final class Training {
  private Training() {}

  /** Runs a small shop inside this process and ends. */
  public static void main(String[] args) {
    System.setProperty("clearspan.service", "training");
    System.setProperty("logback.configurationFile", "shop-logback.xml");
    try (EtcdRegistry registry = EtcdRegistry.connect(System.getenv("CLEARSPAN_REGISTRY"))) {
      Rehearsal.run(registry);
    }
    System.exit(0);
  }
}
