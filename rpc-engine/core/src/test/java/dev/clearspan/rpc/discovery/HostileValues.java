package dev.clearspan.rpc.discovery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Values that must not be used as the instance {@code 127.0.0.1:9001} of {@code orders}. */
final class HostileValues {
  private static final String GOOD = Instances.json("orders", 9001);

  private HostileValues() {}

  static List<byte[]> all() {
    Stream<String> texts =
        Stream.of(
            "",
            " ",
            "null",
            "[]",
            "[{}]",
            "{}",
            "7",
            "\"text\"",
            "{",
            "}{",
            GOOD.substring(0, GOOD.length() - 1),
            GOOD + GOOD,
            "[".repeat(2_000),
            "{\"tags\":".repeat(400),
            "{\"x\":" + "[".repeat(100) + "]".repeat(100) + "}",
            "<script>alert(1)</script>",
            replaced("\"port\":9001", "\"port\":0"),
            replaced("\"port\":9001", "\"port\":-1"),
            replaced("\"port\":9001", "\"port\":65536"),
            replaced("\"port\":9001", "\"port\":99999999999999"),
            replaced("\"port\":9001", "\"port\":1e400"),
            replaced("\"port\":9001", "\"port\":\"ssh\""),
            replaced("\"port\":9001", "\"port\":9001.5"),
            replaced("\"port\":9001", "\"port\":{}"),
            replaced("\"weight\":100", "\"weight\":-1"),
            replaced("\"weight\":100", "\"weight\":10001"),
            replaced("\"weight\":100", "\"weight\":\"NaN\""),
            replaced("\"orders\"", "\"payments\""),
            replaced("\"orders\"", "\"../orders\""),
            replaced("127.0.0.1:9001", "127.0.0.1:9002"),
            replaced("127.0.0.1:9001", ""),
            replaced("\"host\":\"127.0.0.1\"", "\"host\":\"\""),
            replaced("\"host\":\"127.0.0.1\"", "\"host\":\"0.0.0.0\""),
            replaced("\"host\":\"127.0.0.1\"", "\"host\":\"::\""),
            replaced("\"host\":\"127.0.0.1\"", "\"host\":\"224.0.0.1\""),
            replaced("\"host\":\"127.0.0.1\"", "\"host\":\"255.255.255.255\""),
            replaced("\"host\":\"127.0.0.1\"", "\"host\":\"300.1.1.1\""),
            replaced("\"host\":\"127.0.0.1\"", "\"host\":\"2130706433\""),
            replaced("\"host\":\"127.0.0.1\"", "\"host\":\"0x7f000001\""),
            replaced("\"host\":\"127.0.0.1\"", "\"host\":\"a b\""),
            replaced("\"host\":\"127.0.0.1\"", "\"host\":\"a/b\""),
            replaced("\"host\":\"127.0.0.1\"", "\"host\":\"user@evil\""),
            replaced("\"host\":\"127.0.0.1\"", "\"host\":\"evil\\r\\nX: y\""),
            replaced("\"host\":\"127.0.0.1\"", "\"host\":\"[::1]\""),
            replaced("\"host\":\"127.0.0.1\"", "\"host\":\"" + "a".repeat(300) + "\""),
            replaced("\"state\":\"UP\"", "\"state\":7"),
            replaced("\"state\":\"UP\"", "\"zone\":\"a\\u0000b\""),
            replaced("\"state\":\"UP\"", "\"version\":\"" + "v".repeat(200) + "\""),
            replaced("\"state\":\"UP\"", "\"descriptorHash\":\"../../etc\""),
            replaced("\"state\":\"UP\"", "\"incarnation\":\"a\\nb\""),
            replaced("\"state\":\"UP\"", "\"tags\":{\"\":\"x\"}"),
            replaced("\"state\":\"UP\"", "\"tags\":[1]"),
            replaced("\"state\":\"UP\"", "\"protocols\":\"grpc\""),
            replaced("\"state\":\"UP\"", "\"started\":\"yesterday\""),
            replaced("\"state\":\"UP\"", "\"note\":\"" + "x".repeat(5_000) + "\""));
    List<byte[]> values =
        new ArrayList<>(texts.map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
    values.add(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    values.add(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'});
    values.add(new byte[1_000_000]);
    return values;
  }

  private static String replaced(String what, String by) {
    return GOOD.replace(what, by);
  }
}
