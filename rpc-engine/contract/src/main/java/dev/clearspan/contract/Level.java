package dev.clearspan.contract;

/** How far a difference reaches, the worst first. */
public enum Level {
  /** Peers of different versions misread each other's bytes, or lose values, or cannot call. */
  WIRE,
  /** The bytes fit, but the JSON form does not: curl, Connect in JSON, and the console's invoke. */
  JSON,
  /** Calls go on as they are; code that is generated anew has to be changed, or acts otherwise. */
  SOURCE;

  /** Whether versions with such a difference cannot work together. */
  public boolean breaks() {
    return this != SOURCE;
  }
}
