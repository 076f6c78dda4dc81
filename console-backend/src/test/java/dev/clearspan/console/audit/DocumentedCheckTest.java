package dev.clearspan.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.FakeControlStore;
import dev.clearspan.console.MutableClock;
import dev.clearspan.console.identity.Identity;
import dev.clearspan.console.registry.RegistryView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that docs/security.md prints for outsiders does what it says there. */
class DocumentedCheckTest {
  private static final Pattern PROGRAM =
      Pattern.compile("```java\n(import [^`]*class Verify [^`]*)```");
  private static final String NASTY =
      "quotes \\\"\\\", a, comma, a line\\nbreak, = + - @, \u4e2d\u6587 \ud83d\ude00";

  @TempDir Path directory;

  @Test
  void itComputesTheSameHashes_andFindsWhatWasAltered() throws Exception {
    Path program = directory.resolve("Verify.java");
    Matcher documented = PROGRAM.matcher(Files.readString(Path.of("../docs/security.md")));
    assertThat(documented.find()).isTrue();
    Files.writeString(program, documented.group(1));

    String csv = export();
    Answer sound = run(program, csv);
    assertThat(sound.text()).startsWith("4 rows hold, newest ");
    assertThat(sound.exitCode()).isZero();

    Answer altered = run(program, csv.replace("slow disk", "slow dish"));
    assertThat(altered.text()).startsWith("broken at row 2");
    assertThat(altered.exitCode()).isEqualTo(1);
    Answer removed = run(program, csv.replaceFirst("(?m)^\"3\".*\r\n", ""));
    assertThat(removed.text()).startsWith("broken at row 4");
  }

  private String export() {
    FakeControlStore store = new FakeControlStore();
    try (Identity identity = Identity.open(directory, null, new MutableClock());
        AuditChain chain = new AuditChain(store, identity.auditIndex("test"), new MutableClock());
        RegistryView registry = new RegistryView(store, new MutableClock())) {
      write(store, "a", "first");
      write(store, "b", "slow disk");
      write(store, "c", "third");
      write(store, "d", NASTY);
      return AuditCsv.of(AuditExport.of(chain, registry, 0, 100));
    }
  }

  private static void write(FakeControlStore store, String id, String reason) {
    store.put(
        "audit/" + id, "{\"id\":\"" + id + "\",\"author\":\"=ada\",\"reason\":\"" + reason + "\"}");
  }

  private record Answer(int exitCode, String text) {}

  private Answer run(Path program, String csv) throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("audit.csv"), csv);
    Path out = directory.resolve("out.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                program.toString(),
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Answer(process.exitValue(), Files.readString(out));
  }
}
