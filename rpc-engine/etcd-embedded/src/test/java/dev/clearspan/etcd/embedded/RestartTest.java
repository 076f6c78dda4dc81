package dev.clearspan.etcd.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.clearspan.etcd.embedded.api.KeyValue;
import dev.clearspan.etcd.embedded.api.RangeRequest;
import dev.clearspan.etcd.embedded.api.RangeResponse;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start finds: an earlier life, somebody else, or damage. */
final class RestartTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void keysLeasesAndRevisionAreAsTheyWere() {
    RangeResponse before;
    long lease;
    try (EmbeddedRegistry registry = start();
        Peer peer = new Peer(registry.endpoint())) {
      lease = Requests.grant(peer, 600);
      Requests.put(peer, "a", "1", lease);
      Requests.put(peer, "b", "1");
      Requests.put(peer, "b", "2");
      before = Requests.all(peer);
    }
    try (EmbeddedRegistry registry = start();
        Peer peer = new Peer(registry.endpoint())) {
      RangeResponse after = Requests.all(peer);

      assertThat(after.getKvsList()).isEqualTo(before.getKvsList());
      assertThat(after.getHeader().getRevision()).isEqualTo(before.getHeader().getRevision());
      assertThat(after.getHeader().getClusterId()).isEqualTo(before.getHeader().getClusterId());
      assertThat(after.getHeader().getRaftTerm()).isEqualTo(2);
      assertThat(Requests.renew(peer, lease)).isEqualTo(600);
    }
  }

  @Test
  void whatWasBeforeItCountsAsCompacted() {
    try (EmbeddedRegistry registry = start();
        Peer peer = new Peer(registry.endpoint())) {
      Requests.put(peer, "a", "1");
      Requests.put(peer, "a", "2");
    }
    try (EmbeddedRegistry registry = start();
        Peer peer = new Peer(registry.endpoint())) {
      Watching watching = new Watching(peer);
      watching.create(Requests.watchAll(3).build());
      watching.create(Requests.watchAll(4).build());
      Requests.put(peer, "a", "3");

      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(watching.heard().get(0L)).contains("canceled, compacted at 4");
                assertThat(watching.heard().get(1L)).hasSize(2);
              });
      assertThat(readAt(peer, 3)).isEqualTo("2");
      assertThatThrownBy(() -> readAt(peer, 2))
          .hasMessage("OUT_OF_RANGE: etcdserver: mvcc: required revision has been compacted");
    }
  }

  private static String readAt(Peer peer, long revision) {
    RangeRequest request =
        RangeRequest.newBuilder().setKey(Requests.bytes("a")).setRevision(revision).build();
    return Requests.get(peer, request).getKvs(0).getValue().toStringUtf8();
  }

  @Test
  void aFileThatIsMostlyOutdatedIsPutAnewInItsPlace() throws IOException {
    RegistryFile file = RegistryFile.open(directory);
    file.setFact("kept", 7);
    for (int i = 0; i < 60; i++) {
      file.put(
          KeyValue.newBuilder()
              .setKey(Requests.bytes("k" + i % 2))
              .setValue(ByteString.copyFrom(new byte[1 << 20]))
              .setModRevision(i)
              .build());
      file.commit();
    }
    assertThat(file.bytes()).isGreaterThan(32 << 20);

    file.tidy();

    assertThat(file.bytes()).isLessThan(8 << 20);
    file.close();
    RegistryFile again = RegistryFile.open(directory);
    assertThat(again.keys()).extracting(KeyValue::getModRevision).containsExactly(58L, 59L);
    assertThat(again.fact("kept", 0)).isEqualTo(7);
    again.close();
  }

  @Test
  void aSecondRegistryOnTheSameFileIsRefused() {
    try (EmbeddedRegistry registry = start()) {
      assertThat(registry.port()).isPositive();
      assertThatThrownBy(this::start)
          .isInstanceOf(RegistryStartException.class)
          .hasMessageContaining("in use by another registry");
    }
  }

  @Test
  void aPortInUseIsToldInWords() {
    try (EmbeddedRegistry registry = start()) {
      RegistrySettings same =
          RegistrySettings.in(directory.resolve("other")).withPort(registry.port());

      assertThatThrownBy(() -> EmbeddedRegistry.start(same))
          .isInstanceOf(RegistryStartException.class)
          .hasMessageContaining("port " + registry.port())
          .hasMessageContaining("take another port");
    }
  }

  @Test
  void aDamagedFileIsNotStartedEmpty() throws IOException {
    try (EmbeddedRegistry registry = start();
        Peer peer = new Peer(registry.endpoint())) {
      Requests.put(peer, "a", "1");
    }
    Path file = directory.resolve(RegistryFile.NAME);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.write(new byte[(int) Files.size(file)]);
    }

    assertThatThrownBy(this::start)
        .isInstanceOf(RegistryStartException.class)
        .hasMessageContaining("damaged")
        .hasMessageContaining("Move it away");
  }

  private EmbeddedRegistry start() {
    return EmbeddedRegistry.start(RegistrySettings.in(directory).withPort(0));
  }
}
