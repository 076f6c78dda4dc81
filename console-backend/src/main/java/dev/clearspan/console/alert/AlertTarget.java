package dev.clearspan.console.alert;

/**
 * What an alert is about; what does not apply is empty. All empty: the console itself.
 *
 * @param service the service called, or the process' own
 * @param method full name
 * @param caller calling service
 * @param instance instance id
 */
public record AlertTarget(String service, String method, String caller, String instance) {
  static final AlertTarget CONSOLE = new AlertTarget("", "", "", "");

  static AlertTarget of(String service) {
    return new AlertTarget(service, "", "", "");
  }
}
