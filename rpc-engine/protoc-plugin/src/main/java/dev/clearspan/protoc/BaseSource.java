package dev.clearspan.protoc;

import java.util.List;

/** Writes a service's base: a blocking method to override for each method, and the binding. */
final class BaseSource {
  private final ServiceModel service;
  private final Source source;

  BaseSource(ServiceModel service) {
    this.service = service;
    this.source = new Source(service);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(source.classComment(summary()).render(0));
    text.append(source.classAnnotations());
    text.append("public abstract class ")
        .append(service.baseType().name())
        .append(" implements ")
        .append(source.rpc("RpcService"))
        .append(" {\n");
    service.methods().forEach(method -> text.append(handler(method)).append('\n'));
    return source.file(text.append(definition()).append("}\n").toString());
  }

  private String summary() {
    return "Serves {@code "
        + service.fullName()
        + "}. Override the methods it has; they run concurrently and may block. A method that is"
        + " not overridden answers UNIMPLEMENTED.";
  }

  private String handler(ServiceModel.Method method) {
    String failure = source.rpc("RpcException");
    return comment(method, failure).render(2)
        + signature(method).render()
        + unimplemented(method, failure).render(4, "throw ", ";")
        + "  }\n";
  }

  private Javadoc comment(ServiceModel.Method method, String failure) {
    Javadoc comment =
        method.comment().isBlank()
            ? new Javadoc().text("Answers {@code " + method.fullName() + "}.")
            : new Javadoc().comment(method.comment());
    String course =
        switch (method.shape()) {
          case UNARY -> "";
          case SERVER_STREAMING -> "Returning ends the replies; sending waits for a slow caller.";
          case CLIENT_STREAMING -> "The requests come one by one; what is returned is the reply.";
          case BIDI_STREAMING ->
              "The requests come one by one; returning ends the replies, sending waits for a slow"
                  + " caller.";
        };
    if (!course.isEmpty()) {
      comment.text(course);
    }
    return comment
        .tag("@throws " + failure + " to answer with its status")
        .tag("@throws " + exception() + " to answer UNKNOWN");
  }

  private Signature signature(ServiceModel.Method method) {
    String request = source.refer(method.request().type());
    String response = source.refer(method.response().type());
    String one = request + " request";
    return switch (method.shape()) {
      case UNARY -> overridable(method, response, one);
      case SERVER_STREAMING -> overridable(method, "void", one, replies(response));
      case CLIENT_STREAMING -> overridable(method, response, requests(request));
      case BIDI_STREAMING -> overridable(method, "void", requests(request), replies(response));
    };
  }

  private Signature overridable(ServiceModel.Method method, String result, String... parameters) {
    return new Signature(
        "protected",
        result,
        method.names().blocking(),
        List.of(parameters),
        "throws " + exception());
  }

  private String requests(String type) {
    return source.rpc("Incoming") + "<" + type + "> requests";
  }

  private String replies(String type) {
    return source.rpc("Outgoing") + "<" + type + "> replies";
  }

  private Call unimplemented(ServiceModel.Method method, String failure) {
    return Call.of(
        "new " + failure,
        List.of(
            Call.word(source.rpc("Status") + ".Code.UNIMPLEMENTED"),
            Call.word('"' + method.fullName() + " is not implemented by this server\"")));
  }

  private String exception() {
    return source.java("java.lang", "Exception");
  }

  private String definition() {
    String definition = source.rpc("ServiceDefinition");
    Call creation =
        Call.of(
            "new " + definition,
            List.of(
                Call.word('"' + service.fullName() + '"'),
                Call.of(
                    source.java("java.util", "List") + ".of",
                    service.methods().stream().map(this::binding).toList()),
                Call.word(source.refer(service.outerType()) + ".getDescriptor()")));
    return ("  @" + source.java("java.lang", "Override") + "\n")
        + ("  public final " + definition + " definition() {\n")
        + creation.render(4, "return ", ";")
        + "  }\n";
  }

  private Call binding(ServiceModel.Method method) {
    String client = source.refer(service.clientType());
    return Call.of(
        source.rpc("ServiceDefinition.BoundMethod") + "." + method.shape().binding(),
        List.of(
            Call.word(client + "." + method.names().constant()),
            Call.word("this::" + method.names().blocking())));
  }
}
