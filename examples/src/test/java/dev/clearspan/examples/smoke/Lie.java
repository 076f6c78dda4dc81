package dev.clearspan.examples.smoke;

/** What a console or a shop that does not work would show, and which figure must be missed then. */
enum Lie {
  NEW_INSTANCE_HIDDEN("shown after its registration"),
  NEW_INSTANCE_IDLE("new instance takes calls"),
  KILLED_INSTANCE_SHOWN_UP("shown gone"),
  CALLS_LOST("that failed meanwhile"),
  ACK_MISSING("applied, slowest process"),
  ACK_SLOW("applied, slowest process"),
  NOBODY_TO_ACK("applied, slowest process"),
  SHARE_OFF_BY_FOUR_POINTS("observed share against configured"),
  TOO_FEW_ATTEMPTS("attempts counted after the last ack"),
  NOTHING_TO_COMPARE("instances compared"),
  FORCED_STATE_HIDDEN("edge orders -> payments shows"),
  NOTHING_REFUSED("calls refused by the client"),
  SOME_CALLS_PASS("calls that succeeded"),
  ATTEMPTS_LEAK("attempts that reached an instance"),
  REFUSAL_TAKES_LONG("time of a refused call (p99)"),
  REFUSAL_UNEXPLAINED("failures say why"),
  CALLS_DO_NOT_RESUME("calls resumed after AUTO"),
  BREAKER_OPEN_BEFORE("no breaker open before"),
  BREAKER_NEVER_OPENS("breaker opened by itself"),
  BREAKER_NEVER_CLOSES("breaker closed after recovery"),
  TRACE_NOT_FOUND("trace of a failed call found by its id"),
  TRACE_OF_TWO_SERVICES("trace of a failed call found by its id"),
  CONSOLE_BROKEN("An instance comes and is killed");

  private final String missed;

  Lie(String missed) {
    this.missed = missed;
  }

  /** Part of the name of the figure that must be missed. */
  String missed() {
    return missed;
  }
}
