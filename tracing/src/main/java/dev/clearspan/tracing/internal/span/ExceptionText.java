package dev.clearspan.tracing.internal.span;

import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;

/** An exception as the attributes of an event, in OpenTelemetry's words. */
final class ExceptionText {
  private static final AttributeKey<String> TYPE = stringKey("exception.type");
  private static final AttributeKey<String> MESSAGE = stringKey("exception.message");
  private static final AttributeKey<String> STACKTRACE = stringKey("exception.stacktrace");

  private ExceptionText() {}

  static Attributes of(Throwable exception, Attributes more) {
    AttributesBuilder attributes = Attributes.builder();
    attributes.put(TYPE, exception.getClass().getName());
    if (exception.getMessage() != null) {
      attributes.put(MESSAGE, exception.getMessage());
    }
    StringWriter stack = new StringWriter();
    exception.printStackTrace(new PrintWriter(stack, true));
    return attributes.put(STACKTRACE, stack.toString()).putAll(more).build();
  }
}
