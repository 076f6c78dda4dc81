package dev.clearspan.rpc;

/**
 * How a call ended: a gRPC status code and a message for people.
 *
 * @param code gRPC's code
 * @param message empty when OK
 */
public record Status(Code code, String message) {
  public static final Status OK = new Status(Code.OK, "");

  /** gRPC's status codes; the ordinal is the number on the wire. */
  public enum Code {
    OK,
    CANCELLED,
    UNKNOWN,
    INVALID_ARGUMENT,
    DEADLINE_EXCEEDED,
    NOT_FOUND,
    ALREADY_EXISTS,
    PERMISSION_DENIED,
    RESOURCE_EXHAUSTED,
    FAILED_PRECONDITION,
    ABORTED,
    OUT_OF_RANGE,
    UNIMPLEMENTED,
    INTERNAL,
    UNAVAILABLE,
    DATA_LOSS,
    UNAUTHENTICATED;

    private static final Code[] BY_NUMBER = values();

    /** The code with this number, UNKNOWN for numbers that gRPC does not define. */
    public static Code of(int number) {
      return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
    }
  }

  public static Status of(Code code, String message) {
    return code == Code.OK && message.isEmpty() ? OK : new Status(code, message);
  }

  public boolean isOk() {
    return code == Code.OK;
  }
}
