package dev.clearspan.rpc.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubsetTest {
  @ParameterizedTest
  @CsvSource({"100,10,37,12", "100,20,1000,21", "7,3,5,6", "10,3,2,6", "1000,20,48,22"})
  void clientsThatKnowTheirPlaceUseAllInstancesEvenly(
      int instances, int size, int clients, int most) {
    Map<String, Double> used = new HashMap<>();
    for (int client = 0; client < clients; client++) {
      Map<String, Double> chosen =
          Subset.among(client, clients).choose(ids(instances), size, id -> true);
      assertThat(chosen).hasSizeBetween(size, most);
      chosen.forEach((id, share) -> used.merge(id, share, Double::sum));
    }

    double mean = used.values().stream().mapToDouble(each -> each).sum() / instances;
    assertThat(used).hasSize(instances);
    assertThat(used.values()).allSatisfy(each -> assertThat(each).isCloseTo(mean, within(1e-6)));
  }

  @Test
  void clientsThatDoNotUseThemNearlySo() {
    Map<String, Double> used = new HashMap<>();
    for (int client = 0; client < 1_000; client++) {
      Subset.anywhere("client-" + client)
          .choose(ids(100), 20, id -> true)
          .forEach((id, share) -> used.merge(id, share, Double::sum));
    }

    assertThat(used).hasSize(100);
    assertThat(used.values()).allSatisfy(each -> assertThat(each).isBetween(150.0, 250.0));
  }

  @Test
  void oneThatCannotBeReachedIsReplacedAndKept() {
    Subset subset = Subset.anywhere("a client");
    Map<String, Double> before = subset.choose(ids(50), 5, id -> true);
    String gone = before.keySet().iterator().next();

    Map<String, Double> after = subset.choose(ids(50), 5, id -> !id.equals(gone));

    assertThat(after.keySet()).containsAll(before.keySet());
    double working =
        after.entrySet().stream()
            .filter(each -> !each.getKey().equals(gone))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    assertThat(working).isCloseTo(5, within(1e-6));
  }

  @Test
  void withoutASizeOrWithFewInstancesAllAreUsed() {
    assertThat(Subset.anywhere("a").choose(ids(3), 0, id -> true)).hasSize(3);
    assertThat(Subset.anywhere("a").choose(ids(3), 3, id -> true)).hasSize(3);
    assertThat(Subset.among(0, 4).choose(List.of(), 3, id -> true)).isEmpty();
    assertThat(Subset.anywhere("a").choose(ids(9), 3, id -> false)).hasSize(9);
  }

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "10.0.0." + i + ":9090").toList();
  }
}
