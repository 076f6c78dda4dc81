package dev.clearspan.console.alert;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the webhook is sent: version 4 of Alertmanager's webhook format
 * (https://prometheus.io/docs/alerting/latest/configuration/#webhook_config).
 */
record Notification(
    String version,
    String groupKey,
    int truncatedAlerts,
    String status,
    String receiver,
    Map<String, String> groupLabels,
    Map<String, String> commonLabels,
    Map<String, String> commonAnnotations,
    @JsonProperty("externalURL") String externalUrl,
    List<One> alerts) {

  /**
   * One alert.
   *
   * @param endsAt year 1 while it fires, as Go's zero time
   */
  record One(
      String status,
      Map<String, String> labels,
      Map<String, String> annotations,
      Instant startsAt,
      Instant endsAt,
      @JsonProperty("generatorURL") String generatorUrl,
      String fingerprint) {}
}
