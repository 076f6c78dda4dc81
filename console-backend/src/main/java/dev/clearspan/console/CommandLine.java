package dev.clearspan.console;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Settings by the names of environment variables: flags win over system properties over them. */
final class CommandLine {
  private static final Map<String, String> FLAGS = new LinkedHashMap<>();

  static {
    FLAGS.put("--host", "CLEARSPAN_CONSOLE_HOST");
    FLAGS.put("--port", "CLEARSPAN_CONSOLE_PORT");
    FLAGS.put("--otlp-port", "CLEARSPAN_OTLP_PORT");
    FLAGS.put("--otlp-grpc-port", "CLEARSPAN_OTLP_GRPC_PORT");
    FLAGS.put("--registry", "CLEARSPAN_REGISTRY");
    FLAGS.put("--env", "CLEARSPAN_ENV");
    FLAGS.put("--data-dir", "CLEARSPAN_DATA_DIR");
    FLAGS.put("--grafana-url", "CLEARSPAN_GRAFANA_URL");
    FLAGS.put("--grafana-port", "CLEARSPAN_GRAFANA_PORT");
    FLAGS.put("--jaeger-url", "CLEARSPAN_JAEGER_URL");
    FLAGS.put("--prometheus-url", "CLEARSPAN_PROMETHEUS_URL");
    FLAGS.put("--public-url", "CLEARSPAN_PUBLIC_URL");
  }

  static final String HELP =
      """
      Clearspan console: the web console of one environment.

      Flag            Environment variable       Default
      --host          CLEARSPAN_CONSOLE_HOST     127.0.0.1
      --port          CLEARSPAN_CONSOLE_PORT     8080 (0: any free port)
      --otlp-port     CLEARSPAN_OTLP_PORT        4318 (0: any free port)
      --otlp-grpc-port CLEARSPAN_OTLP_GRPC_PORT  4317 (0: any free port; -1: none)
      --registry      CLEARSPAN_REGISTRY         http://127.0.0.1:2379
      --env           CLEARSPAN_ENV              dev
      --data-dir      CLEARSPAN_DATA_DIR         .clearspan/console
      --grafana-url   CLEARSPAN_GRAFANA_URL      none: native charts only
      --grafana-port  CLEARSPAN_GRAFANA_PORT     8081 (0: any free port)
      --jaeger-url    CLEARSPAN_JAEGER_URL       none: traces are in a file here
      --prometheus-url CLEARSPAN_PROMETHEUS_URL  none: charts reach back 15 minutes
      --public-url    CLEARSPAN_PUBLIC_URL       none: browsers connect directly
                      CLEARSPAN_TRUSTED_PROXIES  none; addresses whose X-Forwarded-For counts
                      CLEARSPAN_ADMIN_TOKEN      none; a bearer token with the admin role
                      CLEARSPAN_TLS_CERT         none: plain HTTP; PEM, own certificate first
                      CLEARSPAN_TLS_KEY          none; its key in PKCS #8
                      CLEARSPAN_OIDC_ISSUER      none: passwords only; docs/security.md has the rest
                      CLEARSPAN_AUDIT_ROWS       20000
                      CLEARSPAN_AUDIT_DAYS       none: as long as the number allows
                      CLEARSPAN_OTLP_HOST        127.0.0.1
                      CLEARSPAN_INVOKE_NETWORKS  this machine and private networks; what invoke dials
                      CLEARSPAN_INVOKE_CA        none; PEM: invoke speaks TLS and believes these
                      CLEARSPAN_INVOKE_CERT      none; PEM: the certificate that invoke shows
                      CLEARSPAN_INVOKE_KEY       none; PEM: its key
                      CLEARSPAN_INGEST_TOKEN     none; required when OTLP leaves loopback
                      CLEARSPAN_OTLP_TLS_CERT, CLEARSPAN_OTLP_TLS_KEY
                                                 none: plain HTTP
                      CLEARSPAN_OTLP_TLS_CLIENT_CA
                                                 none; authorities of exporters' certificates
                      CLEARSPAN_ALERT_WEBHOOK    none; takes alerts in Alertmanager's format
                      CLEARSPAN_ALERT_WEBHOOK_TOKEN   none; sent to it as bearer token
                      CLEARSPAN_ALERT_REPEAT_MINUTES  240; what still fires is told again
                      CLEARSPAN_TRACE_HOURS      24
                      CLEARSPAN_TRACE_BYTES      2147483648

      With Jaeger or Prometheus also (docs/stores.md); JAEGER stands for PROMETHEUS too:
        CLEARSPAN_JAEGER_TOKEN             none; sent to it as bearer token
        CLEARSPAN_JAEGER_USER, CLEARSPAN_JAEGER_PASSWORD
                                           none; sent to it instead of a token
        CLEARSPAN_JAEGER_CA                the JDK's; PEM: authorities of its certificate
        CLEARSPAN_JAEGER_SECONDS           10; how long an answer is waited for
        CLEARSPAN_PROMETHEUS_HOURS         360; how far back it is asked
        CLEARSPAN_PROMETHEUS_STEP_SECONDS  30; twice the time between its scrapes, or more

      With Grafana also (docs/grafana.md):
        CLEARSPAN_GRAFANA_PUBLIC_URL       none: the public URL's host with that port
        CLEARSPAN_GRAFANA_SHARED_DIR       none; where Grafana finds our public keys
        CLEARSPAN_GRAFANA_SILENCE_SECONDS  60; how long it is waited for

      Each also as a system property: CLEARSPAN_ENV is clearspan.env. Flags win over
      properties over variables. Secrets have no flag: others could read it.
      """;

  private CommandLine() {}

  static boolean asksForHelp(String... arguments) {
    for (String argument : arguments) {
      if (argument.equals("--help") || argument.equals("-h")) {
        return true;
      }
    }
    return false;
  }

  /**
   * All settings that are given.
   *
   * @throws IllegalArgumentException if a flag is unknown or has no value
   */
  static Map<String, String> settings(Map<String, String> environment, String... arguments) {
    Map<String, String> settings = new HashMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("CLEARSPAN_") && !value.isBlank()) {
            settings.put(name, value);
          }
        });
    System.getProperties()
        .forEach(
            (name, value) -> {
              if (name.toString().startsWith("clearspan.")) {
                settings.put(variable(name.toString()), value.toString());
              }
            });
    settings.putAll(flags(arguments));
    return settings;
  }

  private static Map<String, String> flags(String... arguments) {
    Map<String, String> settings = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      String variable = FLAGS.get(arguments[i]);
      if (variable == null) {
        throw new IllegalArgumentException(
            arguments[i] + ": unknown (expected: one of " + String.join(" ", FLAGS.keySet()) + ")");
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + ": no value (expected: one after it)");
      }
      settings.put(variable, arguments[i + 1]);
    }
    return settings;
  }

  private static String variable(String property) {
    return property.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
