package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LayoutApiTest {
  private static final String WIDE = "/api/v1/topology/layout/wide";

  private static TestConsole console;

  @BeforeAll
  static void start() {
    console = TestConsole.start();
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @Test
  void whatAnOperatorArranges_aViewerSees_andCannotChange() {
    Client operator = console.as("operator");
    Client viewer = console.as("viewer");
    Client.Answer placed =
        operator.put(WIDE, "{'boxes':[{'id':'orders','x':10.5,'y':-3}],'anew':true}");
    assertThat(placed.status()).isEqualTo(200);
    Client.Answer seen = viewer.get(WIDE);
    assertThat(seen.body().at("/boxes/0/id").asText()).isEqualTo("orders");
    assertThat(seen.body().at("/boxes/0/x").asDouble()).isEqualTo(10.5);
    assertThat(viewer.put(WIDE, "{'boxes':[]}").status()).isEqualTo(403);
    assertThat(viewer.get("/api/v1/topology/layout/narrow").body().at("/boxes").size()).isZero();
  }

  @Test
  void saysWhatIsWrong() {
    Client operator = console.as("operator");
    assertThat(operator.get("/api/v1/topology/layout/round").detail())
        .contains("\"round\" (expected: wide or narrow)");
    assertThat(operator.put(WIDE, "{}").detail()).contains("expected: a list");
    assertThat(operator.put(WIDE, "{'boxes':[null]}").status()).isEqualTo(422);
    assertThat(operator.put(WIDE, "{'boxes':[{'id':'a','x':1e9,'y':0}]}").field())
        .isEqualTo("boxes[0]");
    assertThat(operator.put(WIDE, "{'boxes':[{'id':'a','x':'NaN','y':0}]}").status())
        .isEqualTo(422);
  }
}
