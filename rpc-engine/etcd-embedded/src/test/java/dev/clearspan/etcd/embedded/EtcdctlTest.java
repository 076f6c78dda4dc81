package dev.clearspan.etcd.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** etcd's own command line, as an operator uses it. */
@ExtendWith(SharedRegistry.class)
final class EtcdctlTest {
  private final String key = "/etcdctl/" + UUID.randomUUID();

  @Test
  void putGetDelete() {
    assertThat(etcdctl("put", key, "one")).isEqualTo("OK\nexit code 0");
    assertThat(etcdctl("put", "--prev-kv", key, "two")).contains("OK", key, "one");
    assertThat(etcdctl("get", key)).isEqualTo(key + "\ntwo\nexit code 0");
    assertThat(etcdctl("get", "--prefix", "--keys-only", "/etcdctl/")).contains(key);
    assertThat(etcdctl("del", "--prev-kv", key)).startsWith("1\n").contains("two");
    assertThat(etcdctl("get", key)).isEqualTo("exit code 0");
  }

  @Test
  void transaction() throws IOException {
    String success = "put " + key + " first\nget " + key + "\n";
    Process txn = program("txn").start();
    txn.outputWriter()
        .append("ver(\"" + key + "\") = \"0\"\n\n" + success + "\nget " + key + "\n\n")
        .close();
    String printed = new String(txn.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(printed).contains("SUCCESS", "OK", key, "first");
  }

  @Test
  void watchSeesPutsAndDeletes() throws IOException {
    long revision = revision(etcdctl("put", "--write-out=json", key + "/other", "before"));
    Process watch = program("watch", "--prev-kv", "--rev=" + revision, key).start();
    try (BufferedReader lines = watch.inputReader(StandardCharsets.UTF_8)) {
      etcdctl("put", key, "seen");
      etcdctl("del", key);

      assertThat(read(lines, 8))
          .containsExactly("PUT", key, "seen", "DELETE", key, "seen", key, "");
    } finally {
      watch.destroyForcibly();
    }
  }

  @Test
  void leases() {
    String id = etcdctl("lease", "grant", "600").split(" ")[1];

    assertThat(etcdctl("put", "--lease=" + id, key, "leased")).startsWith("OK");
    assertThat(etcdctl("lease", "list")).contains(id);
    assertThat(etcdctl("lease", "timetolive", "--keys", id))
        .contains("granted with TTL(600s)", key);
    assertThat(etcdctl("lease", "keep-alive", "--once", id)).contains("keepalived with TTL(600)");
    assertThat(etcdctl("lease", "revoke", id)).contains("revoked");
    assertThat(etcdctl("get", key)).isEqualTo("exit code 0");
    assertThat(etcdctl("lease", "revoke", id)).contains("requested lease not found");
  }

  @Test
  void compactionEndsWhatIsOlder() {
    etcdctl("put", key, "old");
    long revision = revision(etcdctl("put", "--write-out=json", key, "new"));

    assertThat(etcdctl("compact", String.valueOf(revision)))
        .contains("compacted revision " + revision);
    assertThat(etcdctl("get", "--rev=1", key)).contains("required revision has been compacted");
    assertThat(etcdctl("compact", "1000000000")).contains("required revision is a future revision");
  }

  @Test
  void statusHealthAndMembers() {
    assertThat(etcdctl("endpoint", "health")).contains("is healthy");
    assertThat(etcdctl("endpoint", "status", "--write-out=fields"))
        .contains(
            "\"Version\" : \"" + MemberRequests.VERSION + "\"", "\"Leader\"", "\"RaftIndex\"");
    assertThat(etcdctl("member", "list"))
        .contains("clearspan", SharedRegistry.process().endpoint());
    assertThat(etcdctl("alarm", "list")).isEqualTo("exit code 0");
  }

  @Test
  void whatIsNotOfferedIsSaidInWords() {
    assertThat(etcdctl("defrag")).contains("Maintenance/Defragment: not offered");
    assertThat(etcdctl("user", "list")).contains("Auth/UserList: not offered");
    assertThat(etcdctl("snapshot", "save", "/dev/null/none")).doesNotContain("exit code 0");
  }

  private static long revision(String json) {
    return Long.parseLong(json.replaceAll("(?s).*\"revision\":(\\d+).*", "$1"));
  }

  private static String etcdctl(String... arguments) {
    return EmbeddedProcess.output(program(arguments));
  }

  private static ProcessBuilder program(String... arguments) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("etcdctl", "--endpoints=" + SharedRegistry.process().endpoint()));
    command.addAll(List.of(arguments));
    ProcessBuilder program = new ProcessBuilder(command).redirectErrorStream(true);
    program.environment().put("ETCDCTL_API", "3");
    return program;
  }

  private static List<String> read(BufferedReader lines, int count) throws IOException {
    List<String> read = new ArrayList<>();
    while (read.size() < count) {
      read.add(lines.readLine());
    }
    return read;
  }
}
