package dev.clearspan.console.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.FakeControlStore;
import dev.clearspan.console.MutableClock;
import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.control.ControlStore.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryViewTest {
  private static final String INSTANCE =
      "{\"service\":\"s\",\"instanceId\":\"i\",\"host\":\"127.0.0.1\",\"port\":1}";
  private static final InstanceRef REF = new InstanceRef("s", "i");

  private final MutableClock clock = new MutableClock();
  private final FakeControlStore store = new FakeControlStore();
  private final RegistryView view = new RegistryView(store, clock);

  @Test
  void aDepartedInstanceIsRememberedForAMinute_orUntilItReturns() {
    store.put("svc/s/inst/i", INSTANCE);
    store.delete("svc/s/inst/i");
    assertThat(view.snapshot().instances()).isEmpty();
    assertThat(view.snapshot().departed()).containsKey(REF);
    assertThat(view.snapshot().services()).containsExactly("s");
    store.put("svc/s/inst/i", INSTANCE);
    assertThat(view.snapshot().departed()).isEmpty();

    store.delete("svc/s/inst/i");
    clock.advance(Duration.ofSeconds(61));
    assertThat(view.snapshot().departed()).isEmpty();
    assertThat(view.snapshot().services()).isEmpty();
  }

  @Test
  void aResetReplacesEverything_andWhatIsMissingHasDeparted() {
    store.put("svc/s/inst/i", INSTANCE);
    store.put("svc/s/ctl/policy", "{}");
    store.reset(new Entry("svc/s/ctl/instance/i", "{\"weight\":3}", 9, 9, false));
    assertThat(view.snapshot().instances()).isEmpty();
    assertThat(view.snapshot().departed()).containsKey(REF);
    assertThat(view.snapshot().policies()).isEmpty();
    assertThat(view.snapshot().controls()).containsKey(REF);
  }

  @Test
  void aMalformedValueKeepsTheLastGoodOne_andIsListedUntilRepaired() {
    store.put("svc/s/inst/i", INSTANCE);
    store.put("svc/s/inst/i", INSTANCE.replace("\"port\":1", "\"port\":70000"));
    assertThat(view.snapshot().instancesOf("s").values())
        .extracting(Instance::getPort)
        .containsExactly(1);
    assertThat(view.snapshot().ignored())
        .extracting(IgnoredValue::reason)
        .containsExactly("port: '70000' is not allowed here");
    store.put("svc/s/inst/i", INSTANCE);
    assertThat(view.snapshot().ignored()).isEmpty();
  }

  @Test
  void whatIsTooLargeOrInTheWrongPlaceIsIgnored() {
    store.put("svc/s/inst/i", INSTANCE.replace("127.0.0.1", "a".repeat(5_000)));
    store.put("svc/other/inst/i", INSTANCE);
    store.put("svc/s/ctl/instance/i", "{\"weight\":10001}");
    store.put("status/p", "{\"processId\":\"q\",\"service\":\"s\"}");
    store.put("audit/a", "{\"id\":\"b\"}");
    store.put("elsewhere", "{}");
    assertThat(view.snapshot().ignored()).hasSize(6);
    assertThat(view.snapshot().services()).isEmpty();
  }

  @Test
  void aFieldOfANewerVersionDoesNoHarm() {
    store.put("svc/s/inst/i", INSTANCE.replace("{", "{\"colour\":\"blue\","));
    assertThat(view.snapshot().instances()).containsKey(REF);
  }

  @Test
  void listenersHearWhatChanged() {
    List<RegistryEvent> heard = new ArrayList<>();
    view.onChange(heard::add);
    store.put("svc/s/inst/i", INSTANCE);
    long revision = store.put("svc/s/ctl/policy", "{}");
    assertThat(heard)
        .containsExactly(
            new RegistryEvent.InstancesChanged("s"),
            new RegistryEvent.RulesChanged("s", "svc/s/ctl/policy", revision));
  }
}
