package dev.clearspan.protoc;

import java.util.ArrayList;
import java.util.List;

/** Writes the blocking and the asynchronous form of a client's method. */
final class ClientCalls {
  private final Source source;
  private final ServiceModel.Method method;
  private final String request;
  private final String response;

  ClientCalls(Source source, ServiceModel.Method method) {
    this.source = source;
    this.method = method;
    this.request = source.refer(method.request().type());
    this.response = source.refer(method.response().type());
  }

  String text() {
    return blocking() + "\n" + async();
  }

  private String blocking() {
    String name = method.names().blocking();
    return switch (method.shape()) {
      case UNARY ->
          comment().tag(unlessOk()).render(2)
              + form(response, name, "call", List.of(oneRequest()), List.of());
      case SERVER_STREAMING ->
          comment()
                  .text(
                      "The replies come one by one: receiving waits, and throws "
                          + failure()
                          + " unless the call ends with OK. Closing them ends the call.")
                  .render(2)
              + form(
                  source.rpc("Incoming") + "<" + response + ">",
                  name,
                  "stream",
                  List.of(oneRequest()),
                  List.of());
      case CLIENT_STREAMING, BIDI_STREAMING ->
          comment().text(streamCourse()).render(2)
              + form(
                  source.rpc("RpcStream") + "<" + request + ", " + response + ">",
                  name,
                  "open",
                  List.of(),
                  List.of());
    };
  }

  private String streamCourse() {
    String receiving =
        method.shape() == Shape.CLIENT_STREAMING
            ? "{@code finishAndReceive} waits for the reply"
            : "receive the replies";
    return "Send the requests on the stream; "
        + receiving
        + ". Both throw "
        + failure()
        + " unless the call ends with OK. Closing the stream ends the call.";
  }

  private String async() {
    String name = method.names().async();
    if (method.shape() == Shape.UNARY) {
      return comment()
              .text(
                  "The stage fails with "
                      + failure()
                      + " only; cancelling its future cancels the"
                      + " call.")
              .render(2)
          + form(
              source.java("java.util.concurrent", "CompletionStage") + "<" + response + ">",
              name,
              "callAsync",
              List.of(oneRequest()),
              List.of());
    }
    boolean sends = method.shape().clientStreams();
    String course =
        (sends ? "Never waits: send on what is returned. " : "Never waits. ")
            + "Replies are heard as far as they are requested there.";
    String receiver = source.rpc("StreamReceiver") + "<" + response + "> replies";
    return comment().text(course).render(2)
        + form(
            source.rpc("StreamSender") + "<" + request + ">",
            name,
            sends ? "open" : "stream",
            sends ? List.of() : List.of(oneRequest()),
            List.of(receiver));
  }

  /**
   * A method that passes its parameters on to the channel, with the client's options in between.
   */
  private String form(
      String result, String name, String via, List<String> before, List<String> after) {
    List<String> parameters = new ArrayList<>(before);
    parameters.addAll(after);
    List<Call> arguments = new ArrayList<>();
    arguments.add(Call.word(method.names().constant()));
    before.forEach(parameter -> arguments.add(nameOf(parameter)));
    arguments.add(Call.word("options"));
    after.forEach(parameter -> arguments.add(nameOf(parameter)));
    return deprecated()
        + new Signature("public", result, name, parameters, "").render()
        + Call.of("channel." + via, arguments).render(4, "return ", ";")
        + "  }\n";
  }

  private static Call nameOf(String parameter) {
    return Call.word(parameter.substring(parameter.lastIndexOf(' ') + 1));
  }

  private String oneRequest() {
    return request + " request";
  }

  private String deprecated() {
    return method.deprecated() ? "  @" + source.java("java.lang", "Deprecated") + "\n" : "";
  }

  private String failure() {
    return "{@link " + source.rpc("RpcException") + "}";
  }

  private String unlessOk() {
    return "@throws " + source.rpc("RpcException") + " if the call did not end with OK";
  }

  private Javadoc comment() {
    return method.comment().isBlank()
        ? new Javadoc().text("Calls {@code " + method.fullName() + "}.")
        : new Javadoc().comment(method.comment());
  }
}
