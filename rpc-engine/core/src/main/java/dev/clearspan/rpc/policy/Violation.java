package dev.clearspan.rpc.policy;

/**
 * A value of a policy document that is not acceptable.
 *
 * @param field its path in the JSON form, such as {@code service.retry.maxAttempts} or {@code
 *     methods["shop.Orders/Get"].deadline.timeout}
 * @param value what was found
 * @param expected what would be right
 */
public record Violation(String field, String value, String expected) {
  @Override
  public String toString() {
    return field + ": " + value + " (expected: " + expected + ")";
  }
}
