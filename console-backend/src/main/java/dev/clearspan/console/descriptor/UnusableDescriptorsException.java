package dev.clearspan.console.descriptor;

/** Descriptors that an instance names cannot be had. */
final class UnusableDescriptorsException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableDescriptorsException(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
