package dev.clearspan.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.discovery.Instances;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A process whose wall clock jumps by an hour, forth and back (libfaketime), keeps its lease. */
@Tag("full")
@ExtendWith(SharedEtcd.class)
final class ClockJumpIT {
  private static final Duration TTL = Duration.ofSeconds(5);
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  @TempDir Path folder;
  private final String env = "j" + UUID.randomUUID().toString().substring(0, 8);
  private Path offset;

  @BeforeEach
  void startAtTheRightTime() throws IOException {
    offset = Files.writeString(folder.resolve("offset"), "+0\n");
  }

  @Test
  void anHourForthAndTwoBackLoseNoLease() throws Exception {
    Process process = start();
    try (BufferedReader clock = process.inputReader(StandardCharsets.UTF_8)) {
      await().until(() -> !registeredAt().isEmpty());
      String registeredAt = registeredAt();

      for (int hours : List.of(1, -1)) {
        Files.writeString(offset, "%+d\n".formatted(hours * 3_600));
        awaitOffset(clock, hours * HOUR_MILLIS);
        await()
            .during(TTL.multipliedBy(3))
            .atMost(TTL.multipliedBy(6))
            .until(() -> registeredAt().equals(registeredAt));
        awaitOffset(clock, hours * HOUR_MILLIS);
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ClockJumpIT.class.getName(),
                SharedEtcd.process().endpoint(),
                env,
                folder.resolve("snapshots").toString())
            .redirectError(folder.resolve("log").toFile());
    builder.environment().put("LD_PRELOAD", library().toString());
    builder.environment().put("FAKETIME_TIMESTAMP_FILE", offset.toString());
    builder.environment().put("FAKETIME_CACHE_DURATION", "1");
    builder.environment().put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    return builder.start();
  }

  private static Path library() {
    File[] folders = new File("/usr/lib").listFiles(File::isDirectory);
    return Stream.of(folders == null ? new File[0] : folders)
        .map(folder -> folder.toPath().resolve("faketime/libfaketime.so.1"))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no libfaketime (remedy: apt-get install faketime)"));
  }

  /** The revision at which the process' key was made; empty while there is none. */
  private String registeredAt() {
    String fields =
        SharedEtcd.process()
            .etcdctl(
                "get",
                "/clearspan/v1/" + env + "/svc/orders/inst/127.0.0.1:9001",
                "--write-out=fields");
    return fields
        .lines()
        .filter(line -> line.startsWith("\"CreateRevision\""))
        .findFirst()
        .orElse("");
  }

  /** Reads what the process takes for the time until it is off by that much. */
  private static void awaitOffset(BufferedReader clock, long millis) throws IOException {
    long limit = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    long off;
    do {
      assertThat(System.nanoTime() - limit).as("time for the clock to jump").isNegative();
      while (clock.ready()) {
        clock.readLine();
      }
      off = Long.parseLong(clock.readLine()) - System.currentTimeMillis();
    } while (Math.abs(off - millis) > HOUR_MILLIS / 2);
  }

  /** Registers an instance and tells its wall clock now and then, until it is killed. */
  public static void main(String[] args) throws InterruptedException {
    EtcdRegistry registry =
        EtcdRegistry.builder()
            .endpoints(args[0])
            .env(args[1])
            .identity(ProcessIdentity.of("orders"))
            .snapshotDirectory(Path.of(args[2]))
            .ttl(TTL)
            .build();
    registry.register(Instances.of("orders", 9001));
    while (!System.out.checkError()) {
      System.out.println(System.currentTimeMillis());
      Thread.sleep(200);
    }
  }
}
