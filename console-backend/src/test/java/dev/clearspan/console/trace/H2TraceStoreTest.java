package dev.clearspan.console.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.console.ManualClock;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class H2TraceStoreTest extends TraceStoreContract {
  private static final long MIB = 1 << 20;

  @TempDir private Path contractDirectory;
  @TempDir private Path directory;
  private final ManualClock clock = new ManualClock(NOON);

  @Override
  TraceStore open() {
    return H2TraceStore.open(TraceStoreConfig.in(contractDirectory), clock);
  }

  private H2TraceStore here() {
    return H2TraceStore.open(TraceStoreConfig.in(directory), clock);
  }

  private Path file() {
    return directory.resolve("traces.mv.db");
  }

  @Test
  void countsWhatItHolds() {
    try (H2TraceStore store = here()) {
      assertThat(store.state().traces()).isZero();
      assertThat(store.state().oldest()).isNull();
      store.append(Spans.groups(order(id(1), NOON, 40, "OK")));
      store.append(Spans.groups(order(id(2), NOON, 40, "OK")));
      store.append(Spans.groups(order(id(2), NOON, 40, "OK").subList(0, 1)));
      assertThat(store.state().traces()).isEqualTo(2);
      assertThat(store.state().oldest()).isNotNull();
      assertThat(store.state().notice()).isEmpty();
    }
  }

  @Test
  void whatWasStoredIsThereAfterARestart() {
    try (H2TraceStore store = here()) {
      store.append(Spans.groups(order(id(1), NOON, 40, "OK")));
      store.append(Spans.groups(order(id(2), NOON.plusSeconds(1), 40, "INTERNAL")));
    }
    try (H2TraceStore store = here()) {
      assertThat(store.find(id(1))).isPresent();
      assertThat(store.failures(10))
          .extracting(Failure::service)
          .containsExactly("orders", "payments");
      assertThat(store.state().traces()).isEqualTo(2);
      store.append(Spans.groups(order(id(3), NOON.plusSeconds(2), 40, "OK")));
      assertThat(store.search(TraceQuery.NEWEST).traces()).hasSize(3);
    }
  }

  @Test
  void whatTheBuildBeforeStoredIsSearchedLikeAllElse() throws SQLException {
    try (H2TraceStore store = here()) {
      for (int n = 1; n <= 5; n++) {
        List<ResourceSpans> both = new ArrayList<>(order(id(n), NOON, 40, "OK"));
        both.addAll(order(id(100 + n), NOON, 40, "INTERNAL"));
        store.append(Spans.groups(both));
      }
    }
    asTheBuildBeforeHadIt();
    try (H2TraceStore store = here()) {
      store.append(Spans.groups(order(id(200), NOON, 40, "INTERNAL")));
      assertThat(store.search(TraceQuery.NEWEST.withService("orders")).traces()).hasSize(11);
      assertThat(store.failures(100)).hasSize(12);
    }
  }

  /** A row for every pair of a term and a fragment, and no column for more. */
  private void asTheBuildBeforeHadIt() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("traces"), "sa", "");
        Statement statement = connection.createStatement()) {
      List<Long> entries = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery("SELECT entry, others FROM term_1")) {
        while (rows.next()) {
          long entry = rows.getLong(1);
          for (long each : Postings.sequences(entry, rows.getBytes(2))) {
            entries.add(each);
          }
        }
      }
      statement.execute("DELETE FROM term_1");
      statement.execute("ALTER TABLE term_1 DROP COLUMN others");
      for (long entry : entries) {
        statement.execute("INSERT INTO term_1 VALUES(" + entry + ")");
      }
    }
  }

  @Test
  void aTraceWhoseRootNeverComesIsListedThreeSecondsAfterItsLastSpan() {
    try (H2TraceStore store = here()) {
      store.append(Spans.groups(order(id(1), NOON, 40, "OK").subList(1, 3)));
      store.append(Spans.groups(order(id(2), NOON.plusSeconds(60), 40, "OK").subList(1, 3)));
      assertThat(store.search(TraceQuery.NEWEST).traces())
          .as("only the one of a process whose clock is a minute ahead")
          .extracting(TraceSummary::traceId)
          .containsExactly(id(2).toString());
      clock.advance(Duration.ofMillis(3_040));
      assertThat(store.search(TraceQuery.NEWEST).traces()).hasSize(2);
    }
  }

  @Test
  void oldSlicesGoByAgeAsAWhole() {
    try (H2TraceStore store = here()) {
      for (int hour = 0; hour < 30; hour++) {
        store.append(
            Spans.groups(order(id(hour + 1), clock.instant(), 40, hour == 0 ? "INTERNAL" : "OK")));
        clock.advance(Duration.ofHours(1));
      }
      // The newest arrived at hour 29: what arrived in a slice that ended 24 hours before is gone.
      assertThat(store.find(id(5))).isEmpty();
      assertThat(store.find(id(6))).isPresent();
      assertThat(store.state().traces()).isEqualTo(25);
      assertThat(store.state().oldest()).isEqualTo(NOON.plus(Duration.ofHours(5)));
      assertThat(store.search(TraceQuery.NEWEST.withService("orders")).traces()).hasSize(25);
    }
    try (H2TraceStore store = here()) {
      assertThat(store.state().traces()).isEqualTo(25);
      assertThat(
              store
                  .search(TraceQuery.NEWEST.withTimes(NOON, NOON.plus(Duration.ofHours(8))))
                  .traces())
          .hasSize(3);
    }
  }

  @Test
  void oldSlicesGoBySizeAsAWhole() {
    TraceStoreConfig config = TraceStoreConfig.in(directory).withMaxBytes(8 * MIB);
    Random random = new Random(42);
    int trace = 0;
    try (H2TraceStore store = H2TraceStore.open(config, clock)) {
      for (int batch = 0; batch < 150; batch++) {
        List<ResourceSpans> spans = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          TraceId id = new TraceId(random.nextLong(), ++trace);
          spans.add(
              Spans.from(
                  "orders",
                  Spans.server(id, 1, 0, PLACE, NOON, 5, "OK")
                      .addAttributes(Spans.attribute("payload", randomText(random, 1500)))));
        }
        store.append(Spans.groups(spans));
        clock.advance(Duration.ofSeconds(1));
      }
      assertThat(store.state().traces()).isBetween(2000L, 5000L);
      assertThat(store.search(TraceQuery.NEWEST).traces()).hasSize(100);
    }
  }

  private static String randomText(Random random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) ('!' + random.nextInt(90)));
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty", "short", "zeros", "noHeader", "holed"})
  void aDamagedFileIsMovedAsideAndSaidSo(String damage) throws IOException {
    try (H2TraceStore store = here()) {
      store.append(Spans.groups(order(id(1), NOON, 40, "OK")));
    }
    byte[] damaged = damaged(Files.readAllBytes(file()), damage);
    Files.write(file(), damaged);

    try (H2TraceStore store = here()) {
      assertThat(store.find(id(1))).isEmpty();
      assertThat(store.state().notice())
          .contains("was damaged")
          .contains("traces-damaged-20260504-120000-000.mv.db");
      store.append(Spans.groups(order(id(2), NOON, 40, "OK")));
      assertThat(store.find(id(2))).isPresent();
    }
    assertThat(directory.resolve("traces-damaged-20260504-120000-000.mv.db"))
        .hasBinaryContent(damaged);
  }

  private static byte[] damaged(byte[] sound, String damage) {
    byte[] bytes = sound.clone();
    switch (damage) {
      case "empty" -> bytes = new byte[0];
      case "short" -> bytes = Arrays.copyOf(bytes, 100);
      case "zeros" -> Arrays.fill(bytes, (byte) 0);
      case "noHeader" -> Arrays.fill(bytes, 0, 8192, (byte) 7);
      case "holed" -> Arrays.fill(bytes, 8192, bytes.length, (byte) 7);
      default -> throw new AssertionError(damage);
    }
    return bytes;
  }

  @Test
  void aDamagedFragmentIsLeftOutAndCounted() throws Exception {
    try (H2TraceStore store = here()) {
      for (ResourceSpans part : order(id(1), NOON, 40, "OK")) {
        store.append(Spans.groups(List.of(part)));
      }
    }
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("traces"), "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE fragment_1 SET spans = X'00000010deadbeef' WHERE sequence = 1");
    }
    try (H2TraceStore store = here()) {
      Trace trace = store.find(id(1)).orElseThrow();
      assertThat(trace.partial()).isTrue();
      assertThat(trace.spans()).hasSize(3);
      assertThat(store.state().corruptFragments()).isPositive();
    }
  }

  @Test
  void tablesThatACrashLeftBehindAreDropped() throws Exception {
    try (H2TraceStore store = here()) {
      store.append(Spans.groups(order(id(1), NOON, 40, "OK")));
    }
    String url = "jdbc:h2:file:" + directory.resolve("traces");
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE fragment_2(sequence BIGINT)");
    }
    try (H2TraceStore store = here()) {
      clock.advance(Duration.ofHours(2));
      store.append(Spans.groups(order(id(2), NOON, 40, "OK")));
      assertThat(store.search(TraceQuery.NEWEST).traces()).hasSize(2);
    }
  }

  @Test
  void anotherProcessOnTheSameDirectoryIsRefusedClearly() throws IOException {
    here().close();
    // H2 locks the file through the file system, as this does.
    try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      assertThat(channel.lock().isValid()).isTrue();
      assertThatThrownBy(this::here)
          .isInstanceOf(TraceStoreException.class)
          .hasMessageContaining(file().toString())
          .hasMessageContaining("in use by another process")
          .hasMessageContaining("one console per data directory");
    }
    assertThat(file()).exists();
  }

  @Test
  void aDirectoryThatIsAFileIsRefusedClearly() throws IOException {
    Path blocked = Files.writeString(directory.resolve("blocked"), "no directory");
    assertThatThrownBy(() -> H2TraceStore.open(TraceStoreConfig.in(blocked), clock))
        .isInstanceOf(TraceStoreException.class)
        .hasMessageContaining(blocked.toString());
  }

  @Test
  void itGoesOnAfterItsDatabaseWasClosedUnderIt() throws Exception {
    try (H2TraceStore store = here()) {
      store.append(Spans.groups(order(id(1), NOON, 40, "OK")));
      try (Connection sameDatabase =
              DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("traces"), "sa", "");
          Statement statement = sameDatabase.createStatement()) {
        statement.execute("SHUTDOWN IMMEDIATELY");
      }
      assertThatThrownBy(() -> store.append(Spans.groups(order(id(2), NOON, 40, "OK"))))
          .isInstanceOf(TraceStoreException.class)
          .hasMessageContaining("cannot be written");
      store.append(Spans.groups(order(id(3), NOON, 40, "OK")));
      assertThat(store.find(id(3))).isPresent();
    }
  }

  @Test
  void aHugeTraceIsSplitAndCutOff() {
    try (H2TraceStore store = here()) {
      String large = "x".repeat(4000);
      for (int batch = 0; batch < 11; batch++) {
        Span.Builder[] spans = new Span.Builder[1000];
        for (int i = 0; i < 1000; i++) {
          spans[i] =
              Spans.server(id(1), 1 + batch * 1000L + i, 0, PLACE, NOON, 5, "OK")
                  .addAttributes(Spans.attribute("large", large));
        }
        store.append(Spans.groups(List.of(Spans.from("orders", spans))));
      }
      Trace trace = store.find(id(1)).orElseThrow();
      assertThat(trace.spans()).hasSize(10_000);
      assertThat(trace.partial()).isTrue();
    }
  }

  @Test
  void aSearchAnswersWithWhatItHasWhenItsTimeIsUp() {
    TraceStoreConfig hasty =
        new TraceStoreConfig(
            directory, Duration.ofHours(1), 64 * MIB, Duration.ofHours(1), Duration.ZERO);
    ManualClock running = new ManualClock(NOON);
    try (H2TraceStore store =
        H2TraceStore.open(
            hasty,
            () -> {
              running.advance(Duration.ofMillis(1));
              return running.instant();
            })) {
      Stream.of(1, 2, 3).forEach(i -> store.append(Spans.groups(order(id(i), NOON, 40, "OK"))));
      TraceSearch search = store.search(TraceQuery.NEWEST);
      assertThat(search.truncated()).isTrue();
      assertThat(search.traces()).hasSize(1);
    }
  }

  /** Packed by one that has packed before. */
  private static Packed packedAsSecond(TracesData spans) {
    try (Packed.Packer packer = new Packed.Packer()) {
      List<ResourceSpans> more = order(id(2), NOON, 7, "INTERNAL");
      packer.pack(spans.toBuilder().addAllResourceSpans(more).build().toByteArray());
      return packer.pack(spans.toByteArray());
    }
  }

  @Test
  void packedSpansComeBackAndAnyFlippedByteIsNoticed() {
    TracesData spans =
        TracesData.newBuilder().addAllResourceSpans(order(id(1), NOON, 40, "OK")).build();
    Packed packed = packedAsSecond(spans);
    assertThat(packed.spans()).contains(spans);
    assertThat(packed.bytes().length).isLessThan(spans.getSerializedSize() / 2);
    for (int i = 0; i < packed.bytes().length; i++) {
      byte[] flipped = packed.bytes().clone();
      flipped[i] ^= 1;
      assertThat(Packed.stored(flipped, packed.checksum()).spans()).isEmpty();
    }
    assertThat(Packed.stored(new byte[3], 0).spans()).isEmpty();
  }
}
