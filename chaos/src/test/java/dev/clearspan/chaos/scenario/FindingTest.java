package dev.clearspan.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingTest {
  @Test
  void limitsAreIncluded() {
    assertThat(Finding.atMost("wait", 200, 200, "ms").isMet()).isTrue();
    assertThat(Finding.atMost("wait", 201, 200, "ms").isMet()).isFalse();
    assertThat(Finding.atLeast("rate", 1_999, 2_000, "").isMet()).isFalse();
    assertThat(Finding.none("failed calls", 1).isMet()).isFalse();
    assertThat(Finding.told("heap", 1_234_567, "KiB").isMet()).isTrue();
  }

  @Test
  void figuresAreReadable() {
    Finding finding = Finding.atMost("wait", 1_201, 200, "ms");

    assertThat(finding.seen()).isEqualTo("1,201 ms");
    assertThat(finding.limit()).isEqualTo("at most 200 ms");
    assertThat(Finding.told("calls", 7, "").isLimited()).isFalse();
  }
}
