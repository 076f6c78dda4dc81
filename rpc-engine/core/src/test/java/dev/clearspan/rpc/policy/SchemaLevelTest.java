package dev.clearspan.rpc.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import dev.clearspan.protocol.PolicyProto;
import dev.clearspan.rpc.control.StatusBoard;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaLevelTest {
  private static final List<GenericDescriptor> PARTS =
      PolicyProto.getDescriptor().getMessageTypes().stream()
          .flatMap(SchemaLevelTest::parts)
          .toList();

  @Test
  void everyFieldAndEveryAlgorithmHasALevel_upToTheOneThatProcessesTell() {
    assertThat(PARTS)
        .allSatisfy(
            part ->
                assertThat(SchemaLevel.since(part))
                    .as(part.getFullName() + ": add it to SchemaLevel")
                    .isPresent());
    assertThat(levels().max(Integer::compare)).contains(StatusBoard.POLICY_SCHEMA_LEVEL);
    assertThat(levels().min(Integer::compare)).contains(1);
  }

  private static Stream<GenericDescriptor> parts(Descriptor message) {
    return Stream.concat(
        message.getFields().stream(),
        message.getEnumTypes().stream()
            .flatMap(type -> type.getValues().stream())
            .filter(value -> value.getNumber() != 0));
  }

  private static Stream<Integer> levels() {
    return PARTS.stream().flatMap(part -> SchemaLevel.since(part).stream());
  }
}
