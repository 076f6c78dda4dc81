package dev.clearspan.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the generated text against the sources under golden/, which are compiled, checked and
 * formatted with this module. After a wanted change copy target/golden over src/test/java.
 */
class GoldenSourcesTest {
  private static final Path EXPECTED = Path.of("src/test/java");
  private static final Path ACTUAL = Path.of("target/golden");
  private static final String FOLDER = "dev/clearspan/protoc/golden";

  @Test
  void generatedSources_equalTheGoldenOnes() throws IOException {
    CodeGeneratorResponse response =
        CodeGeneratorResponse.parseFrom(GoldenRequest.run(GoldenRequest.request().toByteArray()));
    assertThat(response.getError()).isEmpty();
    for (CodeGeneratorResponse.File file : response.getFileList()) {
      write(ACTUAL.resolve(file.getName()), file.getContent());
    }
    assertThat(sourcesBelow(ACTUAL)).isEqualTo(sourcesBelow(EXPECTED));
    for (CodeGeneratorResponse.File file : response.getFileList()) {
      assertThat(file.getContent())
          .describedAs("copy target/golden over src/test/java if the change is wanted")
          .isEqualTo(Files.readString(EXPECTED.resolve(file.getName())));
    }
  }

  private static void write(Path path, String text) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static Set<String> sourcesBelow(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(FOLDER))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
