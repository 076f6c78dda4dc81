package dev.clearspan.ctl.console;

/** What the console's public API does, as its OpenAPI document lists it. */
public enum Operation {
  GET_ACCOUNT_CHANGES("GET", "/api/v1/account-changes"),
  GET_ALERTS("GET", "/api/v1/alerts"),
  GET_ALERT_RULES("GET", "/api/v1/alerts/rules"),
  POST_ALERT_RULES_PREVIEW("POST", "/api/v1/alerts/rules/preview"),
  GET_ALERT_RULE("GET", "/api/v1/alerts/rules/{id}"),
  PUT_ALERT_RULE("PUT", "/api/v1/alerts/rules/{id}"),
  DELETE_ALERT_RULE("DELETE", "/api/v1/alerts/rules/{id}"),
  GET_ALERT_SILENCES("GET", "/api/v1/alerts/silences"),
  POST_ALERT_SILENCES("POST", "/api/v1/alerts/silences"),
  DELETE_ALERT_SILENCE("DELETE", "/api/v1/alerts/silences/{id}"),
  GET_AUDIT("GET", "/api/v1/audit"),
  POST_AUDIT_ACCEPT("POST", "/api/v1/audit/accept"),
  GET_AUDIT_EXPORT("GET", "/api/v1/audit/export"),
  GET_AUDIT_VERIFY("GET", "/api/v1/audit/verify"),
  GET_BREAKERS("GET", "/api/v1/breakers"),
  GET_CONTRACTS("GET", "/api/v1/contracts"),
  GET_INVOCATIONS("GET", "/api/v1/invocations"),
  POST_INVOKE("POST", "/api/v1/invoke"),
  GET_SERVICE_CONTRACT("GET", "/api/v1/services/{service}/contract"),
  GET_SERVICE_DESCRIPTORS("GET", "/api/v1/services/{service}/descriptors"),
  GET_SERVICE_DESCRIPTOR_SET("GET", "/api/v1/services/{service}/descriptors/{hash}"),
  GET_EVENTS("GET", "/api/v1/events"),
  GET_FAILURES("GET", "/api/v1/failures"),
  GET_HEALTHZ("GET", "/api/v1/healthz"),
  GET_METRICS_RED("GET", "/api/v1/metrics/red"),
  GET_OPENAPI("GET", "/api/v1/openapi.json"),
  GET_POLICIES_SCHEMA("GET", "/api/v1/policies/schema"),
  GET_PROMETHEUS_TARGETS("GET", "/api/v1/prometheus/targets"),
  GET_RECORDERS("GET", "/api/v1/recorders"),
  GET_SERVICES("GET", "/api/v1/services"),
  GET_SERVICE("GET", "/api/v1/services/{service}"),
  GET_SERVICE_ACKS("GET", "/api/v1/services/{service}/acks"),
  PUT_SERVICE_BREAKERS("PUT", "/api/v1/services/{service}/breakers"),
  PUT_SERVICE_CONTROL("PUT", "/api/v1/services/{service}/control"),
  GET_SERVICE_INSTANCES("GET", "/api/v1/services/{service}/instances"),
  PUT_INSTANCE_CONTROL("PUT", "/api/v1/services/{service}/instances/{instance}/control"),
  GET_SERVICE_METHODS("GET", "/api/v1/services/{service}/methods"),
  GET_SERVICE_OUTAGES("GET", "/api/v1/services/{service}/outages"),
  GET_SERVICE_POLICY("GET", "/api/v1/services/{service}/policy"),
  PUT_SERVICE_POLICY("PUT", "/api/v1/services/{service}/policy"),
  POST_SERVICE_POLICY_CHECK("POST", "/api/v1/services/{service}/policy/check"),
  GET_SERVICE_POLICY_EFFECTIVE("GET", "/api/v1/services/{service}/policy/effective"),
  GET_SERVICE_POLICY_GUARD("GET", "/api/v1/services/{service}/policy/guard"),
  POST_SERVICE_POLICY_GUARD_KEEP("POST", "/api/v1/services/{service}/policy/guard/keep"),
  POST_SERVICE_POLICY_GUARD_REVERT("POST", "/api/v1/services/{service}/policy/guard/revert"),
  POST_SERVICE_POLICY_PREVIEW("POST", "/api/v1/services/{service}/policy/preview"),
  POST_SERVICE_POLICY_ROLLBACK("POST", "/api/v1/services/{service}/policy/rollback"),
  GET_SERVICE_POLICY_VERSIONS("GET", "/api/v1/services/{service}/policy/versions"),
  GET_SERVICE_TELEMETRY_KEEP("GET", "/api/v1/services/{service}/telemetry/keep"),
  POST_SERVICE_TELEMETRY_KEEP("POST", "/api/v1/services/{service}/telemetry/keep"),
  DELETE_SERVICE_TELEMETRY_KEEP("DELETE", "/api/v1/services/{service}/telemetry/keep"),
  GET_SESSION("GET", "/api/v1/session"),
  POST_SESSION("POST", "/api/v1/session"),
  DELETE_SESSION("DELETE", "/api/v1/session"),
  GET_SETUP("GET", "/api/v1/setup"),
  POST_SETUP("POST", "/api/v1/setup"),
  POST_SIGN_IN_LINKS("POST", "/api/v1/sign-in-links"),
  GET_SYSTEM("GET", "/api/v1/system"),
  GET_TOKENS("GET", "/api/v1/tokens"),
  POST_TOKENS("POST", "/api/v1/tokens"),
  DELETE_TOKENS("DELETE", "/api/v1/tokens/{id}"),
  GET_TOPOLOGY("GET", "/api/v1/topology"),
  GET_TOPOLOGY_HISTORY("GET", "/api/v1/topology/history"),
  GET_LAYOUT("GET", "/api/v1/topology/layout/{arrangement}"),
  PUT_LAYOUT("PUT", "/api/v1/topology/layout/{arrangement}"),
  GET_TRACES("GET", "/api/v1/traces"),
  GET_TRACE("GET", "/api/v1/traces/{traceId}"),
  GET_TRACE_LOGS("GET", "/api/v1/traces/{traceId}/logs"),
  GET_USERS("GET", "/api/v1/users"),
  POST_USERS("POST", "/api/v1/users"),
  PUT_USERS("PUT", "/api/v1/users/{name}"),
  DELETE_USERS("DELETE", "/api/v1/users/{name}");

  private final String method;
  private final String path;

  Operation(String method, String path) {
    this.method = method;
    this.path = path;
  }

  /** GET, PUT, POST or DELETE. */
  public String method() {
    return method;
  }

  /** With its variables in braces. */
  public String path() {
    return path;
  }
}
