package dev.clearspan.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher script, as far as it does not build or install anything. */
class LauncherTest {
  private static final Path SCRIPT = Path.of("../clearspan").toAbsolutePath().normalize();

  @TempDir private Path elsewhere;

  private record Outcome(int exit, String output) {}

  private Outcome run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/bash", SCRIPT.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(elsewhere.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"build", "demo", "test", "console", "registry", "bench"})
  void everyVerb_explainsItself(String verb) throws Exception {
    Outcome outcome = run(Map.of(), verb, "--help");
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.output()).startsWith("usage: clearspan " + verb);
    assertThat(run(Map.of(), "--help").output()).contains("  " + verb + " ");
  }

  @ParameterizedTest
  @CsvSource({
    "dmeo, did you mean demo?",
    "xyzzyxyzzy, expected one of: build demo",
    "demo --smok, did you mean --smoke?",
    "demo --port, --port: no value",
    "registry --prot 1, did you mean --port?",
    "test --fast, unknown option --fast",
    "build --all, unknown option --all",
    "bench, expected: unary"
  })
  void wrongUse_exitsWithTwoAndSaysWhatIsRight(String arguments, String message) throws Exception {
    Outcome outcome = run(Map.of(), arguments.split(" "));
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.output()).contains(message);
  }

  @Test
  void missingJava_isNamedWithItsPackage() throws Exception {
    Path tools = elsewhere.resolve("bin");
    linkTools(tools, "dirname", "readlink", "cat", "sed");
    Outcome outcome = run(Map.of("PATH", tools.toString(), "JAVA_HOME", ""), "demo");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.output()).contains("java: not found", "apt-get install openjdk-17-jdk");
  }

  @Test
  void oldJava_isRefused() throws Exception {
    Path home = elsewhere.resolve("jdk8");
    Path java = home.resolve("bin/java");
    java.toFile().getParentFile().mkdirs();
    Files.writeString(java, "#!/bin/sh\necho '    java.specification.version = 1.8' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Outcome outcome = run(Map.of("JAVA_HOME", home.toString()), "demo");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.output()).contains("version 1.8", "expected: 17 or newer");
  }

  @Test
  void demoHelp_namesEveryOptionOfTheProgram() throws Exception {
    String help = run(Map.of(), "demo", "--help").output();
    List<String> options =
        Pattern.compile("^  (--[a-z-]+)", Pattern.MULTILINE)
            .matcher(DemoOptions.COMMAND_LINE.help())
            .results()
            .map(MatchResult::group)
            .map(String::strip)
            .filter(option -> !option.equals("--help"))
            .toList();
    assertThat(options).isNotEmpty().allSatisfy(option -> assertThat(help).contains(option));
  }

  private static void linkTools(Path directory, String... names) throws IOException {
    Files.createDirectories(directory);
    for (String name : names) {
      Path tool = directory.resolve(name);
      Files.writeString(tool, "#!/bin/sh\nexec /usr/bin/" + name + " \"$@\"\n");
      assertThat(tool.toFile().setExecutable(true)).isTrue();
    }
  }
}
