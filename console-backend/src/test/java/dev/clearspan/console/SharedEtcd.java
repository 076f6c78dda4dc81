package dev.clearspan.console;

import dev.clearspan.etcd.EtcdProcess;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** One etcd for all tests of this JVM; each test uses an environment of its own. */
public final class SharedEtcd {
  private static final AtomicInteger ENVIRONMENTS = new AtomicInteger();
  private static final EtcdProcess ETCD = start();

  private SharedEtcd() {}

  public static EtcdProcess etcd() {
    return ETCD;
  }

  public static String freshEnv() {
    return "test-" + ENVIRONMENTS.incrementAndGet();
  }

  private static EtcdProcess start() {
    // The first contact of a cold JVM on a busy machine takes its time.
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    EtcdProcess etcd = EtcdProcess.start();
    Runtime.getRuntime().addShutdownHook(new Thread(etcd::close));
    return etcd;
  }
}
