package dev.clearspan.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotDirectoryTest {
  private static final ServiceSnapshot SNAPSHOT =
      new ServiceSnapshot("orders", 7, Map.of("svc/orders/inst/a", "{\"x\":\"\\u00fc\\n\"}"));

  @TempDir Path root;
  private SnapshotDirectory directory;
  private Path file;

  @BeforeEach
  void open() {
    directory = new SnapshotDirectory(root, "dev", "p1");
    file = root.resolve("dev").resolve("orders.snapshot");
  }

  @Test
  void whatIsWrittenIsRead() {
    directory.write(SNAPSHOT);

    assertThat(directory.read("orders")).contains(SNAPSHOT);
    assertThat(directory.read("payments")).isEmpty();
  }

  @Test
  void newerReplacesOlderAndNothingIsLeftBehind() throws IOException {
    directory.write(SNAPSHOT);
    ServiceSnapshot newer = new ServiceSnapshot("orders", 8, Map.of());
    directory.write(newer);

    assertThat(directory.read("orders")).contains(newer);
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void flippedBitsAreNoticed() throws IOException {
    directory.write(SNAPSHOT);
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i += 13) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      Files.write(file, bad);
      assertThat(directory.read("orders")).isEmpty();
    }
  }

  @Test
  void truncatedFileIsIgnored() throws IOException {
    directory.write(SNAPSHOT);
    byte[] good = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(good, good.length / 2));

    assertThat(directory.read("orders")).isEmpty();
  }

  @Test
  void snapshotOfAnotherServiceIsIgnored() throws IOException {
    directory.write(SNAPSHOT);
    Files.move(file, file.resolveSibling("payments.snapshot"));

    assertThat(directory.read("payments")).isEmpty();
  }

  @Test
  void unusableDirectoryIsSurvived() throws IOException {
    Path occupied = Files.createFile(root.resolve("occupied"));
    SnapshotDirectory unusable = new SnapshotDirectory(occupied, "dev", "p1");

    unusable.write(SNAPSHOT);

    assertThat(unusable.read("orders")).isEmpty();
  }
}
