package dev.clearspan.protoc;

import java.util.ArrayList;
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
    service
        .methods()
        .forEach(method -> text.append('\n').append(new ClientCalls(source, method).text()));
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
    Call creation = Call.of("new " + spec + "<>", arguments(method));
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

  private List<Call> arguments(ServiceModel.Method method) {
    List<Call> arguments = new ArrayList<>();
    arguments.add(Call.word('"' + method.fullName() + '"'));
    if (method.shape() != Shape.UNARY) {
      arguments.add(Call.word(source.rpc("MethodShape") + "." + method.shape()));
    }
    arguments.add(Call.word(source.rpc("MethodKind") + "." + method.kind()));
    arguments.add(Call.word(String.valueOf(method.idempotent())));
    arguments.add(codec(request(method)));
    arguments.add(codec(response(method)));
    return arguments;
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

  private String request(ServiceModel.Method method) {
    return source.refer(method.request().type());
  }

  private String response(ServiceModel.Method method) {
    return source.refer(method.response().type());
  }
}
