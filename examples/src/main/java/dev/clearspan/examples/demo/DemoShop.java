package dev.clearspan.examples.demo;

import dev.clearspan.examples.await.Await;
import dev.clearspan.examples.shop.Role;
import dev.clearspan.examples.smoke.ShopControl;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The shop's running instances. Thread-safe. */
final class DemoShop implements ShopControl {
  private static final String WAVE = "shop";
  private static final String LOAD_WAVE = "load";
  private static final Duration REGISTRATION_LIMIT = Duration.ofSeconds(30);

  private final Supervisor supervisor;
  private final Processes processes;
  private final Ports ports;
  private final Registered registered;
  private final Knobs knobs = new Knobs();
  private final List<ShopPlan.Member> members = new CopyOnWriteArrayList<>();

  DemoShop(Supervisor supervisor, Processes processes, Ports ports, Registered registered) {
    this.supervisor = supervisor;
    this.processes = processes;
    this.ports = ports;
    this.registered = registered;
  }

  void start(List<ShopPlan.Member> plan) {
    plan.forEach(this::start);
  }

  private void start(ShopPlan.Member member) {
    members.add(member);
    String wave = member.role() == Role.SHOPPER ? LOAD_WAVE : WAVE;
    supervisor.start(wave, processes.shop(member));
  }

  List<ShopPlan.Member> members() {
    return List.copyOf(members);
  }

  @Override
  public String startExtra(String service) {
    int number = 1 + (int) ofService(service).count();
    ShopPlan.Member member =
        ShopPlan.extra(Role.valueOf(service.toUpperCase(Locale.ROOT)), number, ports);
    start(member);
    return member.id();
  }

  @Override
  public long awaitRegistered(String service, String instance) {
    if (!Await.that(REGISTRATION_LIMIT, () -> registered.contains(service, instance))) {
      throw new IllegalStateException(
          instance + ": not registered (expected: within " + REGISTRATION_LIMIT + ")");
    }
    return System.nanoTime();
  }

  @Override
  public long kill(String instance) {
    Child child =
        supervisor
            .find(instance)
            .orElseThrow(() -> new IllegalArgumentException("instance: " + instance));
    long before = System.nanoTime();
    child.kill();
    return before;
  }

  @Override
  public void setFailShare(String service, double share) {
    ofService(service).forEach(member -> knobs.setFailShare(member.port(), share));
  }

  @Override
  public void setOrdersPerSecond(double rate) {
    ofService(Role.SHOPPER.service())
        .forEach(member -> knobs.setOrdersPerSecond(member.port(), rate));
  }

  private Stream<ShopPlan.Member> ofService(String service) {
    return members.stream().filter(member -> member.role().service().equals(service));
  }
}
