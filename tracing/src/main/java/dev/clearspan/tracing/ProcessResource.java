package dev.clearspan.tracing;

import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.tracing.semconv.TelemetryNames;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.resources.Resource;

/** Says in OpenTelemetry's words which process is speaking. */
final class ProcessResource {
  private ProcessResource() {}

  /** The user's attributes win over what we find out, except for the identity itself. */
  static Resource of(ProcessIdentity identity, TelemetrySettings settings) {
    return Resource.getDefault()
        .merge(Resource.create(found(identity, settings)))
        .merge(Resource.create(given(settings)))
        .merge(Resource.create(identityOf(identity)));
  }

  private static Attributes found(ProcessIdentity identity, TelemetrySettings settings) {
    return Attributes.of(
        TelemetryNames.HOST_NAME,
        identity.host(),
        TelemetryNames.PROCESS_PID,
        identity.pid(),
        TelemetryNames.ENV,
        settings.env());
  }

  private static Attributes given(TelemetrySettings settings) {
    AttributesBuilder attributes = Attributes.builder();
    settings.resourceAttributes().forEach(attributes::put);
    return attributes.build();
  }

  private static Attributes identityOf(ProcessIdentity identity) {
    return Attributes.of(
        TelemetryNames.SERVICE_NAME,
        identity.service(),
        TelemetryNames.SERVICE_INSTANCE_ID,
        identity.instanceId(),
        TelemetryNames.PROCESS_ID,
        identity.processId());
  }
}
