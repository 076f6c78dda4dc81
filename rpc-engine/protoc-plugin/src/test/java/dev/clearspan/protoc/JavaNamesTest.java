package dev.clearspan.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaNamesTest {
  @ParameterizedTest
  @CsvSource({
    "Place, place, PLACE",
    "PlaceOrder, placeOrder, PLACE_ORDER",
    "place_order, placeOrder, PLACE_ORDER",
    "HTTPGet, hTTPGet, HTTP_GET",
    "get2now, get2Now, GET2_NOW",
    "New, new_, NEW",
    "_, __, __",
    "_1x, _1X, _1_X"
  })
  void methodAndConstant_areLegalJava(String rpc, String method, String constant) {
    assertThat(JavaNames.method(rpc)).isEqualTo(method);
    assertThat(JavaNames.constant(rpc)).isEqualTo(constant);
  }
}
