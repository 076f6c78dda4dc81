package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedConsole.class)
class OpenApiTest {
  /** The document as it was agreed on: a change of the API shows as a change of this file. */
  private static final Path AGREED = Path.of("openapi.json");

  @Test
  void theServedDocumentIsTheAgreedOne(TestConsole console) throws IOException {
    String served = console.anonymous().get("/api/v1/openapi.json").text() + "\n";
    if (Boolean.getBoolean("openapi.write")) {
      Files.writeString(AGREED, served);
    }
    assertThat(firstDifference(served, Files.readString(AGREED)))
        .as(
            "openapi.json; if the change is meant: mvn test -Dtest=OpenApiTest -Dopenapi.write=true")
        .isEmpty();
  }

  /** Not the texts themselves: a failure would print both. */
  private static String firstDifference(String served, String agreed) {
    List<String> left = served.lines().toList();
    List<String> right = agreed.lines().toList();
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      String here = i < left.size() ? left.get(i) : "nothing";
      String there = i < right.size() ? right.get(i) : "nothing";
      if (!here.equals(there)) {
        return "line " + (i + 1) + ": served " + here.trim() + ", agreed " + there.trim();
      }
    }
    return "";
  }

  @Test
  void everyReferenceLeadsSomewhere_andEveryOperationHasANameOfItsOwn(TestConsole console) {
    JsonNode document = console.anonymous().get("/api/v1/openapi.json").body();
    assertThat(document.findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(ref -> assertThat(document.at(ref.substring(1)).isObject()).as(ref).isTrue());
    assertThat(document.findValuesAsText("operationId"))
        .doesNotHaveDuplicates()
        .hasSameSizeAs(console.console().routes());
    assertThat(document.get("paths").findValuesAsText("summary")).doesNotContain("");
  }
}
