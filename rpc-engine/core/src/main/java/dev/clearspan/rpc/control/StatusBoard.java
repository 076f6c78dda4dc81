package dev.clearspan.rpc.control;

import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.discovery.Subscription;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Collects what the parts of a process (channels, servers, the control plane) say of themselves
 * into one {@link ProcessStatus}. Thread-safe.
 *
 * <p>Parts contribute a function that fills in their share when the document is needed, and call
 * {@link #changed} when their share is worth telling. {@link #urgent} is for what must be seen
 * within 200 ms, such as an unreachable instance.
 */
public final class StatusBoard {
  /** The policy schema this library understands; goes up when policy.proto gains a field. */
  public static final int POLICY_SCHEMA_LEVEL = 3;

  private static final String LIBRARY_VERSION =
      Objects.requireNonNullElse(
          StatusBoard.class.getPackage().getImplementationVersion(), "unreleased");

  private final ProcessIdentity identity;
  private final List<Consumer<ProcessStatus.Builder>> contributors = new CopyOnWriteArrayList<>();
  private final List<Consumer<Urgency>> listeners = new CopyOnWriteArrayList<>();

  /** How soon a change wants to be published. */
  public enum Urgency {
    /** With the next regular status write. */
    NORMAL,
    /** Within 200 ms. */
    URGENT
  }

  public StatusBoard(ProcessIdentity identity) {
    this.identity = Objects.requireNonNull(identity, "identity");
  }

  public ProcessIdentity identity() {
    return identity;
  }

  /** Adds a part; closing the subscription removes it. */
  public Subscription contribute(Consumer<ProcessStatus.Builder> part) {
    contributors.add(part);
    changed();
    return () -> {
      if (contributors.remove(part)) {
        changed();
      }
    };
  }

  /** Calls the listener on every change, on the changing thread. It must not block. */
  public Subscription onChange(Consumer<Urgency> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Some part has something new to tell. */
  public void changed() {
    listeners.forEach(listener -> listener.accept(Urgency.NORMAL));
  }

  /** Some part has something new that operators must see within 200 ms. */
  public void urgent() {
    listeners.forEach(listener -> listener.accept(Urgency.URGENT));
  }

  /** The document as of now. */
  public ProcessStatus snapshot() {
    ProcessStatus.Builder status =
        ProcessStatus.newBuilder()
            .setProcessId(identity.processId())
            .setService(identity.service())
            .setPid(identity.pid())
            .setHost(identity.host())
            .setLibraryVersion(LIBRARY_VERSION)
            .setPolicySchemaLevel(POLICY_SCHEMA_LEVEL);
    status
        .getStartedBuilder()
        .setSeconds(identity.started().getEpochSecond())
        .setNanos(identity.started().getNano());
    contributors.forEach(part -> part.accept(status));
    return status.build();
  }
}
