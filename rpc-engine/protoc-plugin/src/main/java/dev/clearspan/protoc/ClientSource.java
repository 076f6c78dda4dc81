package dev.clearspan.protoc;

import java.util.List;

/** Writes a service's client: constants for its methods, and calls over a channel. */
final class ClientSource {
  private final ServiceModel service;
  private final Source source;

  ClientSource(ServiceModel service) {
    this.service = service;
    this.source = new Source(service);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(source.classComment(summary()).render(0));
    text.append(source.classAnnotations());
    text.append("public final class ").append(name()).append(" {\n");
    service.methods().forEach(method -> text.append(constant(method)).append('\n'));
    text.append(construction());
    service.methods().forEach(method -> text.append('\n').append(calls(method)));
    return source.file(text.append("}\n").toString());
  }

  private String summary() {
    return "Calls {@code " + service.fullName() + "}. Immutable and thread-safe.";
  }

  private String name() {
    return service.clientType().name();
  }

  private String constant(ServiceModel.Method method) {
    String spec = source.rpc("MethodSpec");
    Call creation =
        Call.of(
            "new " + spec + "<>",
            List.of(
                Call.word('"' + method.fullName() + '"'),
                Call.word(source.rpc("MethodKind") + "." + method.kind()),
                Call.word(String.valueOf(method.idempotent())),
                codec(request(method)),
                codec(response(method))));
    String types = request(method) + ", " + response(method) + ">";
    String name = method.names().constant() + " =";
    String line = "  public static final " + spec + "<" + types + " " + name;
    String doc = new Javadoc().text("{@code " + method.fullName() + "}.").render(2);
    return line.length() <= 100
        ? doc + line + "\n" + creation.render(6, "", ";")
        : doc
            + ("  public static final " + spec + "<\n          " + types + "\n      " + name + "\n")
            + creation.render(10, "", ";");
  }

  private Call codec(String message) {
    return Call.of(
        source.rpc("ProtobufCodec") + ".of", List.of(Call.word(message + ".getDefaultInstance()")));
  }

  private String construction() {
    return """
      private final %2$s channel;
      private final %3$s options;

      private %1$s(%2$s channel, %3$s options) {
        this.channel = channel;
        this.options = options;
      }

      /** Calls over the channel, which stays the caller's to close. */
      public static %1$s of(%2$s channel) {
        return new %1$s(channel, %3$s.DEFAULT);
      }

      /** The same client with these options for each call. */
      public %1$s with(%3$s options) {
        return new %1$s(channel, options);
      }

      /** The same client, each of whose calls may take this long, retries included. */
      public %1$s withDeadline(%4$s deadline) {
        return with(options.withDeadline(deadline));
      }
    """
        .formatted(
            name(),
            source.rpc("RpcChannel"),
            source.rpc("CallOptions"),
            source.java("java.time", "Duration"));
  }

  private String calls(ServiceModel.Method method) {
    String failure = source.rpc("RpcException");
    String blocking =
        comment(method).tag("@throws " + failure + " if the call did not end with OK").render(2);
    String async =
        comment(method)
            .text(
                "The stage fails with {@link "
                    + failure
                    + "} only; cancelling its future cancels the call.")
            .render(2);
    String deprecated =
        method.deprecated() ? "  @" + source.java("java.lang", "Deprecated") + "\n" : "";
    return blocking
        + deprecated
        + call(response(method), method.names().blocking(), "call", method)
        + "\n"
        + async
        + deprecated
        + call(stageOf(method), method.names().async(), "callAsync", method);
  }

  private String call(String result, String name, String via, ServiceModel.Method method) {
    return new Signature("public", result, name, request(method) + " request", "").render()
        + Call.of(
                "channel." + via,
                List.of(
                    Call.word(method.names().constant()),
                    Call.word("request"),
                    Call.word("options")))
            .render(4, "return ", ";")
        + "  }\n";
  }

  private Javadoc comment(ServiceModel.Method method) {
    return method.comment().isBlank()
        ? new Javadoc().text("Calls {@code " + method.fullName() + "}.")
        : new Javadoc().comment(method.comment());
  }

  private String stageOf(ServiceModel.Method method) {
    return source.java("java.util.concurrent", "CompletionStage") + "<" + response(method) + ">";
  }

  private String request(ServiceModel.Method method) {
    return source.refer(method.request().type());
  }

  private String response(ServiceModel.Method method) {
    return source.refer(method.response().type());
  }
}
