package dev.clearspan.contract;

/** What a contract must not do, or should know that it does. */
public enum Rule {
  SERVICE_REMOVED(Level.WIRE, "its callers: calls end with UNIMPLEMENTED"),
  METHOD_REMOVED(Level.WIRE, "its callers: calls end with UNIMPLEMENTED"),
  METHOD_STREAMING(Level.WIRE, "its callers: they send and expect messages in another number"),
  REQUEST_TYPE(Level.WIRE, "its callers: what they send is read as something else"),
  RESPONSE_TYPE(Level.WIRE, "its callers: what they get is read as something else"),
  METHOD_IDEMPOTENCY(Level.SOURCE, "nobody at once: calls are no longer repeated after failures"),
  METHOD_KIND(Level.SOURCE, "nobody at once: the default deadline changes"),
  FIELD_REMOVED(
      Level.WIRE, "who still sends it: the value is lost, and the number is free for another"),
  FIELD_NAME_FREED(Level.JSON, "who still sends it in JSON: the field is refused"),
  FIELD_NUMBER(Level.WIRE, "both sides: each takes the other's value for another field"),
  FIELD_TYPE(Level.WIRE, "both sides: values are misread"),
  FIELD_CARDINALITY(Level.WIRE, "both sides: values are lost or misread"),
  FIELD_ONEOF(Level.WIRE, "both sides: setting one field clears another, on one side only"),
  FIELD_REQUIRED(Level.WIRE, "who does not send it: the message is refused"),
  FIELD_JSON_NAME(Level.JSON, "JSON of the other version: the field is refused"),
  FIELD_PRESENCE(Level.SOURCE, "nobody on the wire: unset and default are told apart, or no more"),
  ENUM_VALUE_REMOVED(Level.WIRE, "who still sends it: it is read as unknown or as the default"),
  ENUM_VALUE_NUMBER(Level.WIRE, "both sides: values are taken for others"),
  ENUM_VALUE_NAME(Level.JSON, "JSON of the other version: the value is refused"),
  TYPE_RENAMED(Level.SOURCE, "nobody on the wire: all fields fit; generated code has another name");

  private final Level level;
  private final String breaks;

  Rule(Level level, String breaks) {
    this.level = level;
    this.breaks = breaks;
  }

  public Level level() {
    return level;
  }

  /** Whom it hurts, and how. */
  public String breaks() {
    return breaks;
  }
}
