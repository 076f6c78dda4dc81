package dev.clearspan.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.TextFormat;
import dev.clearspan.protocol.OptionsProto;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each case changes one text of this contract: a file descriptor in protobuf's text form. */
class ComparisonTest {
  private static final String SHOP =
      """
      name: "shop/orders.proto" package: "shop" syntax: "proto3"
      service { name: "Orders"
        method { name: "Place" input_type: ".shop.Order" output_type: ".shop.Receipt"
          options { idempotency_level: IDEMPOTENT [clearspan.kind]: EXTERNAL } }
        method { name: "Follow" input_type: ".shop.Key" output_type: ".shop.Receipt" }
      }
      message_type { name: "Order"
        field { name: "order_id" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING json_name: "orderId" }
        field { name: "quantity" number: 2 label: LABEL_OPTIONAL type: TYPE_INT32 json_name: "quantity" }
        field { name: "notes" number: 3 label: LABEL_REPEATED type: TYPE_STRING json_name: "notes" }
        field { name: "speed" number: 4 label: LABEL_OPTIONAL type: TYPE_ENUM type_name: ".shop.Speed" json_name: "speed" }
        field { name: "card" number: 5 label: LABEL_OPTIONAL type: TYPE_STRING json_name: "card" oneof_index: 0 }
        field { name: "key" number: 6 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".shop.Key" json_name: "key" }
        oneof_decl { name: "payment" }
      }
      message_type { name: "Key"
        field { name: "value" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING json_name: "value" } }
      message_type { name: "Receipt"
        field { name: "total" number: 1 label: LABEL_OPTIONAL type: TYPE_INT64 json_name: "total" } }
      message_type { name: "Unused"
        field { name: "a" number: 1 label: LABEL_OPTIONAL type: TYPE_INT64 json_name: "a" } }
      enum_type { name: "Speed" value { name: "SLOW" number: 0 } value { name: "FAST" number: 1 } }
      """;

  private static final String QUANTITY =
      "field { name: \"quantity\" number: 2 label: LABEL_OPTIONAL type: TYPE_INT32 json_name:"
          + " \"quantity\" }";

  private static byte[] bytes(String... files) {
    FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
    for (String file : files) {
      try {
        ExtensionRegistry registry = ExtensionRegistry.newInstance();
        OptionsProto.registerAllExtensions(registry);
        FileDescriptorProto.Builder built = FileDescriptorProto.newBuilder();
        TextFormat.merge(file, registry, built);
        set.addFile(built);
      } catch (TextFormat.ParseException e) {
        throw new AssertionError(e);
      }
    }
    return set.build().toByteArray();
  }

  private static List<Difference> compare(String before, String after) {
    assertThat(after).as("the case changes something").isNotEqualTo(before);
    return Comparison.of(
        Contract.parse(bytes(before)), Contract.parse(bytes(after)), Comparison.Extent.WHOLE);
  }

  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "METHOD_REMOVED     | name: \"Follow\"               | name: \"Watch\"      | shop.Orders/Follow",
        "SERVICE_REMOVED    | name: \"Orders\"               | name: \"Sales\"      | shop.Orders",
        "METHOD_STREAMING   | name: \"Follow\"               | name: \"Follow\" server_streaming: true | shop.Orders/Follow",
        "METHOD_IDEMPOTENCY | idempotency_level: IDEMPOTENT  | deprecated: true     | shop.Orders/Place",
        "METHOD_KIND        | EXTERNAL                       | QUERY                | shop.Orders/Place",
        "REQUEST_TYPE       | input_type: \".shop.Key\"      | input_type: \".shop.Receipt\" | shop.Orders/Follow",
        "FIELD_REMOVED      | name: \"notes\" number: 3      | name: \"words\" number: 13 | shop.Order.notes",
        "FIELD_NUMBER       | name: \"quantity\" number: 2   | name: \"quantity\" number: 12 | shop.Order.quantity",
        "FIELD_TYPE         | TYPE_INT32                     | TYPE_STRING          | shop.Order.quantity",
        "FIELD_CARDINALITY  | LABEL_REPEATED                 | LABEL_OPTIONAL       | shop.Order.notes",
        "FIELD_ONEOF        | oneof_index: 0                 | deprecated: true     | shop.Order.card",
        "FIELD_JSON_NAME    | json_name: \"orderId\"         | json_name: \"id\"    | shop.Order.order_id",
        "FIELD_PRESENCE     | json_name: \"quantity\"        | json_name: \"quantity\" proto3_optional: true | shop.Order.quantity",
        "FIELD_TYPE         | type_name: \".shop.Key\"       | type_name: \".shop.Receipt\" | shop.Order.key",
        "ENUM_VALUE_REMOVED | name: \"FAST\" number: 1       | name: \"SWIFT\" number: 2 | shop.Speed.FAST",
        "ENUM_VALUE_NUMBER  | name: \"FAST\" number: 1       | name: \"FAST\" number: 2 | shop.Speed.FAST",
        "ENUM_VALUE_NAME    | name: \"FAST\" number: 1       | name: \"SWIFT\" number: 1 | shop.Speed.FAST",
      })
  void oneChangeIsOneDifference(Rule rule, String from, String to, String element) {
    String after = SHOP.replace(from, rule == Rule.FIELD_ONEOF ? "" : to);

    List<Difference> differences = compare(SHOP, after);

    assertThat(differences)
        .extracting(Difference::rule, Difference::element)
        .containsExactly(tuple(rule, element));
    assertThat(differences.get(0).file()).isEqualTo("shop/orders.proto");
    assertThat(differences.get(0).methods()).isNotEmpty();
  }

  @Test
  void aFieldThatIsReservedByNumberAndNameMayGo() {
    String numberOnly = SHOP.replace(QUANTITY, "reserved_range { start: 2 end: 3 }");
    assertThat(compare(SHOP, numberOnly))
        .extracting(Difference::rule)
        .containsExactly(Rule.FIELD_NAME_FREED);

    String both =
        SHOP.replace(QUANTITY, "reserved_range { start: 2 end: 3 } reserved_name: \"quantity\"");
    assertThat(compare(SHOP, both)).isEmpty();
    String beside = SHOP.replace(QUANTITY, "reserved_range { start: 1 end: 2 }");
    assertThat(compare(SHOP, beside)).extracting(Difference::rule).contains(Rule.FIELD_REMOVED);
  }

  @Test
  void whatIsNewBreaksNobody() {
    String more =
        SHOP.replace(
                QUANTITY,
                QUANTITY
                    + " field { name: \"x\" number: 9 label: LABEL_OPTIONAL type: TYPE_BYTES }")
            .replace(
                "name: \"SLOW\" number: 0 }",
                "name: \"SLOW\" number: 0 } value { name: \"B\" number: 7 }")
            .replace(
                "method { name: \"Follow\"",
                "method { name: \"New\" input_type: \".shop.Key\" output_type: \".shop.Key\" } method { name: \"Follow\"");
    assertThat(compare(SHOP, more)).isEmpty();
  }

  @Test
  void aTypeThatOnlyHasAnotherNameBreaksNoWire() {
    String renamed = SHOP.replace("\"Key\"", "\"Id\"").replace(".shop.Key", ".shop.Id");
    assertThat(compare(SHOP, renamed)).extracting(Difference::rule).containsOnly(Rule.TYPE_RENAMED);
  }

  @Test
  void typesThatNoMethodUsesAreNotCompared() {
    String other = SHOP.replace("name: \"a\" number: 1", "name: \"a\" number: 2");
    assertThat(compare(SHOP, other)).isEmpty();
  }

  @Test
  void allMethodsConcernedAreNamed_andTheLineIfItIsKnown() {
    String lines = "source_code_info { location { path: [4, 1, 2, 0] span: [41, 2, 20] } } ";
    String changed =
        SHOP.replace(
                "name: \"value\" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING",
                "name: \"value\" number: 1 label: LABEL_OPTIONAL type: TYPE_INT32")
            + lines;
    Difference only = compare(SHOP, changed).get(0);
    assertThat(only.methods()).containsExactly("shop.Orders/Follow", "shop.Orders/Place");
    assertThat(only)
        .hasToString("shop/orders.proto:42: WIRE FIELD_TYPE shop.Key.value: string, now int32");
  }

  @Test
  void aPartIsNotAskedForTheRest() {
    Contract whole = Contract.parse(bytes(SHOP, SHOP.replace("\"Orders\"", "\"Other\"")));
    Contract part = Contract.parse(bytes(SHOP));
    assertThat(Comparison.of(whole, part, Comparison.Extent.PART)).isEmpty();
    assertThat(Comparison.of(whole, part, Comparison.Extent.WHOLE))
        .extracting(Difference::rule)
        .containsExactly(Rule.SERVICE_REMOVED);
  }

  @Test
  void aRequiredFieldThatIsNewIsToldOf() {
    String required =
        SHOP.replace(
            QUANTITY,
            QUANTITY + " field { name: \"x\" number: 9 label: LABEL_REQUIRED type: TYPE_BYTES }");
    assertThat(compare(SHOP, required))
        .extracting(Difference::rule)
        .containsExactly(Rule.FIELD_REQUIRED);
  }

  @Test
  void hostileSetsEndSoon() {
    String chain =
        "name: \"deep.proto\" package: \"d\" service { name: \"S\" method { name: \"M\" input_type:"
            + " \".d.T0\" output_type: \".d.T0\" } }"
            + IntStream.range(0, 5_000)
                .mapToObj(
                    i ->
                        " message_type { name: \"T%d\" field { name: \"f\" number: %d label: LABEL_OPTIONAL"
                                .formatted(i, i + 1)
                            + " type: TYPE_MESSAGE type_name: \".d.T%d\" } }".formatted(i + 1))
                .reduce("", String::concat);
    assertThat(compare(chain, chain.replace("\".d.T5000\"", "\".d.T0\""))).isNotEmpty();
    assertThatThrownBy(() -> Contract.parse("no set".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("expected: what protoc writes");
  }
}
