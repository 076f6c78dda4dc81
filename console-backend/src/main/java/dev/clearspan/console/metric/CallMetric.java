package dev.clearspan.console.metric;

import dev.clearspan.console.metric.SeriesKey.Source;
import dev.clearspan.rpc.Status;
import java.util.Optional;

/** The histograms that count calls; docs/telemetry.md lists their attributes. */
enum CallMetric {
  CLIENT_CALL("rpc.client.call.duration") {
    @Override
    SeriesKey key(Labels resource, Labels point) {
      return new SeriesKey(
          Source.CALL, resource.get(SERVICE), point.get(CALLEE), method(point), "");
    }
  },
  CLIENT_ATTEMPT("clearspan.client.attempt.duration") {
    @Override
    SeriesKey key(Labels resource, Labels point) {
      return new SeriesKey(
          Source.ATTEMPT,
          resource.get(SERVICE),
          point.get(CALLEE),
          method(point),
          point.get("clearspan.peer.instance"));
    }
  },
  SERVER_CALL("rpc.server.call.duration") {
    @Override
    SeriesKey key(Labels resource, Labels point) {
      return new SeriesKey(
          Source.SERVED,
          "",
          resource.get(SERVICE),
          method(point),
          resource.get("service.instance.id"));
    }
  };

  private static final String SERVICE = "service.name";
  private static final String CALLEE = "server.address";

  private final String metricName;

  CallMetric(String metricName) {
    this.metricName = metricName;
  }

  static Optional<CallMetric> named(String name) {
    for (CallMetric metric : values()) {
      if (metric.metricName.equals(name)) {
        return Optional.of(metric);
      }
    }
    return Optional.empty();
  }

  abstract SeriesKey key(Labels resource, Labels point);

  static Ending ending(Labels point) {
    String kind = point.get("clearspan.attempt.kind");
    return new Ending(code(point), !kind.isEmpty() && !kind.equals("first"));
  }

  /** Conventions before and after v1.44 name the code differently; some give its number. */
  private static Status.Code code(Labels point) {
    String told = point.first("rpc.response.status_code", "rpc.status_code");
    boolean fine = told.isEmpty() || told.equals("OK") || told.equals("0");
    if (fine) {
      return point.get("error.type").isEmpty() ? Status.Code.OK : Status.Code.UNKNOWN;
    }
    for (Status.Code code : Status.Code.values()) {
      if (code.name().equals(told) || String.valueOf(code.ordinal()).equals(told)) {
        return code;
      }
    }
    return Status.Code.UNKNOWN;
  }

  /** Older conventions keep the service apart from the method. */
  private static String method(Labels point) {
    String method = point.get("rpc.method");
    String service = point.get("rpc.service");
    return service.isEmpty() || method.indexOf('/') >= 0 ? method : service + "/" + method;
  }
}
