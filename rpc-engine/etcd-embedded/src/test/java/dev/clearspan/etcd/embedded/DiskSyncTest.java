package dev.clearspan.etcd.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.clearspan.etcd.embedded.api.KeyValue;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskSyncTest {
  private static final int ROUNDS = 50;
  private static final int VALUE_BYTES = 1 << 20;

  @TempDir Path directory;

  /** An interrupted sync would close the channel that the file's end is written through. */
  @Test
  void endsWithoutClosingTheFileUnderneath() {
    for (int round = 1; round <= ROUNDS; round++) {
      RegistryFile file = RegistryFile.open(directory);
      try (DiskSync sync = DiskSync.start(file, Duration.ofNanos(1))) {
        file.put(value(round));
        file.revision(round);
        file.commit();
      }
      file.close();
    }

    try (RegistryFile file = RegistryFile.open(directory)) {
      assertThat(file.revision()).isEqualTo(ROUNDS);
      assertThat(file.keys()).hasSize(ROUNDS);
    }
  }

  private static KeyValue value(int key) {
    return KeyValue.newBuilder()
        .setKey(ByteString.copyFromUtf8("key/" + key))
        .setValue(ByteString.copyFrom(new byte[VALUE_BYTES]))
        .build();
  }
}
