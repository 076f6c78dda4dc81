package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clearspan.ctl.Ctl;
import dev.clearspan.ctl.console.Call;
import dev.clearspan.ctl.console.Console;
import dev.clearspan.ctl.console.Operation;
import dev.clearspan.ctl.output.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Calls a method of a live service. */
@Command(
    name = "invoke",
    description = "Calls a method of a live service; the answer is JSON.",
    footer = {
      "",
      "Examples: clearspan ctl invoke inventory shop.Inventory/Check -d '{\"sku\":\"a1\"}'",
      "          clearspan ctl invoke payments Charge -d @charge.json --instance 10.0.0.7:9090",
      "",
      "The console makes the call, so its trace is kept and a row says who made it. Methods that",
      "are not declared idempotent need --yes. What a request looks like: clearspan ctl get api.",
      "Exit codes: 0 the call ended with OK; 1 it did not, or was refused; 2 wrong use."
    })
public final class InvokeCommand implements Callable<Integer> {
  private final Ctl ctl;

  @Parameters(index = "0", paramLabel = "SERVICE")
  private String service = "";

  @Parameters(
      index = "1",
      paramLabel = "METHOD",
      description = "package.Service/Method, or the method's name if it is the only one")
  private String method = "";

  @Option(
      names = {"-d", "--data"},
      paramLabel = "JSON",
      description = "the request, or @FILE, or @- for standard input; again for each of a stream")
  private List<String> data = new ArrayList<>();

  @Option(names = "--instance", paramLabel = "ID", description = "default: drawn by weight")
  private @Nullable String instance;

  @Option(names = "--deadline", paramLabel = "TIME", description = "such as 500ms or 5s (default)")
  private @Nullable String deadline;

  @Option(
      names = {"-m", "--metadata"},
      paramLabel = "KEY=VALUE")
  private @Nullable Map<String, String> metadata;

  @Option(names = "--max-messages", paramLabel = "N", description = "of a stream (default: 100)")
  private @Nullable Integer maxMessages;

  @Option(names = "--yes", description = "call it though twice is not the same as once")
  private boolean yes;

  public InvokeCommand(Ctl ctl) {
    this.ctl = ctl;
  }

  @Override
  public Integer call() {
    Console console = ctl.console();
    JsonNode answer = console.get(Call.of(Operation.POST_INVOKE).body(request(fullName(console))));
    ctl.show(answer, InvokeCommand::messages);
    ctl.say(ending(answer));
    return answer.at("/status/code").asText().equals("OK") ? 0 : 1;
  }

  private ObjectNode request(String fullName) {
    ObjectNode request = Ctl.json().createObjectNode();
    request.put("service", service).put("method", fullName).put("instance", instance);
    if (data.size() == 1) {
      request.set("request", message(data.get(0)));
    } else if (!data.isEmpty()) {
      ArrayNode requests = request.putArray("requests");
      data.forEach(each -> requests.add(message(each)));
    }
    if (metadata != null) {
      ObjectNode pairs = request.putObject("metadata");
      metadata.forEach(pairs::put);
    }
    if (deadline != null) {
      request.put("deadlineMillis", Words.duration(deadline).toMillis());
    }
    return request.put("maxMessages", maxMessages).put("confirm", yes);
  }

  private static JsonNode message(String text) {
    return text.startsWith("@")
        ? Documents.json(text.substring(1))
        : Documents.parse("--data", text);
  }

  private String fullName(Console console) {
    if (method.indexOf('/') >= 0) {
      return method;
    }
    List<String> found = new ArrayList<>();
    JsonNode described =
        console.get(Call.of(Operation.GET_SERVICE_DESCRIPTORS).with("service", service));
    for (JsonNode each : described.path("services")) {
      for (JsonNode candidate : each.path("methods")) {
        if (candidate.path("name").asText().equals(method)) {
          found.add(candidate.path("method").asText());
        }
      }
    }
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          "'"
              + method
              + "': "
              + (found.isEmpty() ? "no method of that name" : "one of " + found)
              + " (expected: package.Service/Method; see clearspan ctl get api "
              + service
              + ")");
    }
    return found.get(0);
  }

  private static String messages(JsonNode answer) {
    StringBuilder text = new StringBuilder();
    answer
        .path("responses")
        .forEach(each -> text.append(each.toPrettyString()).append(System.lineSeparator()));
    return text.toString();
  }

  private static String ending(JsonNode answer) {
    String message = answer.at("/status/message").asText();
    JsonNode truncated = answer.path("truncated");
    return answer.at("/status/code").asText()
        + (message.isEmpty() ? "" : ": " + message)
        + (truncated.isTextual() ? " (" + truncated.asText() + ")" : "")
        + " in "
        + Words.millis(answer.path("elapsedMillis"))
        + " on "
        + Words.text(answer.path("instance"))
        + ", attempts "
        + answer.path("attempts").size()
        + ". Its trace: clearspan ctl trace "
        + answer.path("traceId").asText();
  }
}
