package dev.clearspan.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.protocol.ProcessStatus;
import org.junit.jupiter.api.Test;

final class StatusDocumentTest {
  @Test
  void smallDocumentIsLeftAsItIs() {
    ProcessStatus status = ProcessStatus.newBuilder().setProcessId("p").addCalls("orders").build();

    assertThat(StatusDocument.bounded(status)).isEqualTo(status);
  }

  @Test
  void withoutWeightsNoServiceIsPartlyUsed() {
    ProcessStatus.Builder status = ProcessStatus.newBuilder().addPartlyUsed("orders");
    for (int i = 0; i < 300; i++) {
      status.addWeightsBuilder().setService("orders").setInstance("10.0.0.1:" + i).setWeight(50);
    }

    ProcessStatus bounded = StatusDocument.bounded(status.build());

    assertThat(bounded.getWeightsCount()).isZero();
    assertThat(bounded.getPartlyUsedCount()).isZero();
  }

  @Test
  void acknowledgementsSurviveEveryCut() {
    ProcessStatus.Builder status = ProcessStatus.newBuilder().setProcessId("p").setApplied(7);
    for (int i = 0; i < 300; i++) {
      status.addBreakersBuilder().setMethod("shop.Orders/Method" + i).setCause("x".repeat(100));
      status.addUnreachableBuilder().setInstance("10.0.0.1:" + i).setCause("x".repeat(100));
      status.addOutliersBuilder().setInstance("10.0.0.1:" + i).setCause("x".repeat(100));
      status.addPanicsBuilder().setMethod("shop.Orders/Method" + i).setCause("x".repeat(300));
      status.addRefusedBuilder().setKey("svc/orders/ctl/policy").setReason("x".repeat(100));
      status.addPipelineBuilder().setName("stage" + i).setDescription("x".repeat(100));
      status.addIgnoredFields("orders: service.f" + i);
      status.addCalls("service" + i);
    }
    status.putAppliedByService("orders", 7);

    ProcessStatus bounded = StatusDocument.bounded(status.build());

    assertThat(JsonValues.print(bounded)).hasSizeLessThanOrEqualTo(8 * 1024);
    assertThat(bounded.getAppliedByServiceMap()).containsEntry("orders", 7L);
    assertThat(bounded.getUnreachableCount()).isPositive();
    assertThat(bounded.getRefusedCount()).isPositive();
  }
}
