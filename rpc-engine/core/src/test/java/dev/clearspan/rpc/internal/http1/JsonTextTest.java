package dev.clearspan.rpc.internal.http1;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import org.junit.jupiter.api.Test;

/** Any text has a JSON form that others read back. */
class JsonTextTest {
  @Test
  void onlyWhatMustBeIsEscaped() {
    assertThat(quoted("<a> & 'b' = caf\u00e9")).isEqualTo("\"<a> & 'b' = caf\u00e9\"");
    assertThat(quoted("\"\\\n\t\u0001")).isEqualTo("\"\\\"\\\\\\n\\t\\u0001\"");
    assertThat(quoted("\ud83d")).isEqualTo("\"\\ud83d\"");
  }

  @Test
  void anotherParserReadsItBack() throws Exception {
    for (String text : new String[] {"", "a\"b", "\b\f\r\u001f", "\ud83d\ude00 smile"}) {
      Value.Builder read = Value.newBuilder();
      JsonFormat.parser().merge(quoted(text), read);
      assertThat(read.getStringValue()).isEqualTo(text);
    }
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder();
    JsonText.quote(text, out);
    return out.toString();
  }
}
