package dev.clearspan.rpc.ledger;

/** Something that a call has changed, or was the first to meet: an event of its span. */
public sealed interface CallEvent {
  /**
   * The breaker of the attempt's instance changed its state.
   *
   * @param from {@code closed}, {@code open} or {@code half_open}; {@code to} likewise
   * @param cause a word of a closed list
   * @param detail the cause for people; empty: the word says it all
   */
  record BreakerChanged(String instance, String from, String to, String cause, String detail)
      implements CallEvent {}

  /**
   * So many instances would be left out that all are used, or no longer.
   *
   * @param begins false: it has ended
   * @param detail why
   */
  record PanicChanged(boolean begins, String detail) implements CallEvent {}

  /**
   * A fault was put in on purpose.
   *
   * @param kind {@code delay} or {@code abort}
   * @param detail who put it in, why and until when
   */
  record FaultInjected(String kind, String detail) implements CallEvent {}

  /**
   * The caller got a reply in place of the failure that the record tells of.
   *
   * @param source {@code fixed}, {@code cached} or {@code handler}
   */
  record FellBack(String source) implements CallEvent {}
}
