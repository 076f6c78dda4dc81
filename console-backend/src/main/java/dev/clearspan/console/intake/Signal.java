package dev.clearspan.console.intake;

/** Takes the decoded body of one of OTLP's signals. */
@FunctionalInterface
interface Signal {
  /** Reads a body of this format, applies it, and answers in the same format. */
  byte[] take(byte[] body, OtlpFormat format) throws Refusal;
}
