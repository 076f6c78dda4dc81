package dev.clearspan.console.change;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.InstanceRef;
import dev.clearspan.console.registry.RegistryKey;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.registry.Times;
import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.InstanceControl;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Sets and lifts overrides of instances: weight, drain, eject. Thread-safe. */
public final class InstanceControls {
  /** Instances in one transaction. */
  public static final int MAX_BATCH = 60;

  static final int MAX_WEIGHT = 10_000;

  private static final String ACTION = "instance.control";

  private final RuleWriter writer;
  private final RegistryView registry;
  private final Clock clock;

  public InstanceControls(RuleWriter writer, RegistryView registry, Clock clock) {
    this.writer = writer;
    this.registry = registry;
    this.clock = clock;
  }

  /** Sets or lifts one instance's override. */
  public ChangeResult change(
      String service,
      String instance,
      InstanceControlRequest request,
      OptionalLong expected,
      String author) {
    Cause cause = Cause.of(author, request.reason());
    Ttl.check(request.ttlSeconds());
    BatchControlRequest.Part part =
        new BatchControlRequest.Part(
            request.weight(), request.drain(), request.eject(), request.sticky());
    checkWeight("weight", part.weight());
    Edit edit = edit(service, instance, part, request.ttlSeconds(), expected, cause);
    return writer.write(ACTION, service, edit.key().text(), List.of(edit), cause);
  }

  /** Sets or lifts the overrides of several instances in one transaction. */
  public ChangeResult change(String service, BatchControlRequest request, String author) {
    Cause cause = Cause.of(author, request.reason());
    Ttl.check(request.ttlSeconds());
    Map<String, BatchControlRequest.Part> parts = request.instances();
    if (parts == null || parts.isEmpty() || parts.size() > MAX_BATCH) {
      throw ProblemException.invalid(
          "instances", (parts == null ? 0 : parts.size()) + " (expected: 1 to " + MAX_BATCH + ")");
    }
    List<Edit> edits = new ArrayList<>();
    parts.forEach(
        (instance, part) -> {
          checkWeight("instances." + instance + ".weight", part.weight());
          edits.add(
              edit(service, instance, part, request.ttlSeconds(), OptionalLong.empty(), cause));
        });
    String key = edits.size() == 1 ? edits.get(0).key().text() : "svc/" + service + "/ctl/instance";
    return writer.write(ACTION, service, key, edits, cause);
  }

  private Edit edit(
      String service,
      String instance,
      BatchControlRequest.Part part,
      @Nullable Long ttlSeconds,
      OptionalLong expected,
      Cause cause) {
    Instance known = known(service, instance);
    RegistryKey key = new RegistryKey.ControlKey(new InstanceRef(service, instance));
    if (part.weight() == null && !isTrue(part.drain()) && !isTrue(part.eject())) {
      return new Edit(key, expected, present -> lift(instance, present));
    }
    return Edit.to(key, expected, json(control(part, ttlSeconds, known, cause)));
  }

  private static @Nullable String lift(String instance, @Nullable String present) {
    if (present == null) {
      throw ProblemException.invalid(
          "weight",
          "nothing to lift: there is no override on "
              + instance
              + " (expected: weight, drain or eject)");
    }
    return null;
  }

  private InstanceControl control(
      BatchControlRequest.Part part, @Nullable Long ttlSeconds, Instance known, Cause cause) {
    InstanceControl.Builder control =
        InstanceControl.newBuilder()
            .setDrain(isTrue(part.drain()))
            .setEject(isTrue(part.eject()))
            .setReason(cause.reason())
            .setAuthor(cause.author())
            .setSticky(isTrue(part.sticky()));
    if (part.weight() != null) {
      control.setWeight(part.weight());
    }
    if (!control.getSticky()) {
      control.setIncarnation(known.getIncarnation());
    }
    if (ttlSeconds != null) {
      control.setExpiresAt(Times.timestamp(clock.instant().plusSeconds(ttlSeconds)));
    }
    return control.build();
  }

  private Instance known(String service, String instance) {
    Services.require(registry.snapshot(), service);
    SortedMap<String, Instance> instances = registry.snapshot().instancesOf(service);
    Instance found = instances.get(instance);
    if (found != null) {
      return found;
    }
    if (registry.snapshot().controls().containsKey(new InstanceRef(service, instance))) {
      return Instance.getDefaultInstance();
    }
    throw ProblemException.notFound(
        "There is no instance '"
            + instance
            + "' of "
            + service
            + " (instances: "
            + String.join(", ", instances.keySet())
            + ")");
  }

  private static void checkWeight(String field, @Nullable Integer weight) {
    if (weight != null && (weight < 0 || weight > MAX_WEIGHT)) {
      throw ProblemException.invalid(field, weight + " (expected: 0 to " + MAX_WEIGHT + ")");
    }
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value);
  }

  private static String json(InstanceControl control) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(control);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an override of ours has no JSON form", e);
    }
  }
}
