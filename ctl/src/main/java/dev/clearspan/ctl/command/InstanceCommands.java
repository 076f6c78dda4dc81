package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clearspan.ctl.Ctl;
import dev.clearspan.ctl.console.Call;
import dev.clearspan.ctl.console.Operation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Steering instances, and seeing that all clients do. */
@Command(
    name = "instance",
    description = "Weighs, drains and ejects instances; says who has applied it.")
public final class InstanceCommands {
  private static final String INSTANCES = "1..60";

  private final Ctl ctl;

  public InstanceCommands(Ctl ctl) {
    this.ctl = ctl;
  }

  @Command(description = "Sets an instance's weight: its share among those of its service.")
  void weight(
      @Parameters(paramLabel = "SERVICE") String service,
      @Parameters(paramLabel = "INSTANCE") String instance,
      @Parameters(paramLabel = "WEIGHT", description = "0 to 10000") int weight,
      @Option(names = "--sticky", description = "Holds when the instance starts anew, too.")
          boolean sticky,
      @Option(names = "--if-match", paramLabel = "REVISION", description = "compare and set")
          @Nullable Long revision,
      @Mixin Change change) {
    ObjectNode body = change.body().put("weight", weight).put("sticky", sticky);
    Applied.show(
        ctl,
        ctl.console()
            .get(
                Call.of(Operation.PUT_INSTANCE_CONTROL)
                    .with("service", service)
                    .with("instance", instance)
                    .ifRevision(revision)
                    .body(body)));
  }

  @Command(description = "Sends no new calls to instances; what is in flight ends.")
  void drain(
      @Parameters(index = "0", paramLabel = "SERVICE") String service,
      @Parameters(index = "1..*", arity = INSTANCES, paramLabel = "INSTANCE")
          List<String> instances,
      @Mixin Change change) {
    control(service, instances, change, part -> part.put("drain", true));
  }

  @Command(description = "Takes instances out at once, whatever else holds.")
  void eject(
      @Parameters(index = "0", paramLabel = "SERVICE") String service,
      @Parameters(index = "1..*", arity = INSTANCES, paramLabel = "INSTANCE")
          List<String> instances,
      @Mixin Change change) {
    control(service, instances, change, part -> part.put("eject", true));
  }

  @Command(description = "Lifts weight, drain and eject from instances.")
  void restore(
      @Parameters(index = "0", paramLabel = "SERVICE") String service,
      @Parameters(index = "1..*", arity = INSTANCES, paramLabel = "INSTANCE")
          List<String> instances,
      @Mixin Change change) {
    control(service, instances, change, part -> part);
  }

  @Command(
      description = "Says which processes have applied a service's rules.",
      footer = {"", "With --wait: exit code 1 if not all have in time."})
  int acks(
      @Parameters(paramLabel = "SERVICE") String service,
      @Option(names = "--revision", description = "default: the newest") @Nullable Long revision,
      @Option(names = "--wait", description = "Waits until all have.") boolean wait,
      @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "10") int timeout) {
    Call acks = Applied.acks(service, revision);
    Duration patience = wait ? Duration.ofSeconds(timeout) : Duration.ZERO;
    var answer = Applied.await(ctl.console(), acks, patience);
    ctl.show(answer, Applied::table);
    return wait && !answer.path("complete").asBoolean() ? 1 : 0;
  }

  private void control(String service, List<String> instances, Change change, Part wanted) {
    ObjectNode body = change.body();
    ObjectNode parts = body.putObject("instances");
    instances.forEach(instance -> wanted.of(parts.putObject(instance)));
    Applied.show(
        ctl,
        ctl.console()
            .get(Call.of(Operation.PUT_SERVICE_CONTROL).with("service", service).body(body)));
  }

  /** What one instance is to be. */
  private interface Part {
    ObjectNode of(ObjectNode part);
  }
}
