package dev.clearspan.rpc.generic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorPoolTest {
  private final DescriptorPool pool = DescriptorPool.of(ShopFiles.set());

  @ParameterizedTest
  @CsvSource({
    "Place, UNARY, WRITE, true",
    "Find, UNARY, QUERY, true",
    "Watch, SERVER_STREAMING, EXTERNAL, false",
    "Upload, CLIENT_STREAMING, WRITE, false",
    "Haggle, BIDI_STREAMING, WRITE, false"
  })
  void methodsHaveShapeKindAndIdempotencyOfTheProto(
      String name, MethodShape shape, MethodKind kind, boolean idempotent) {
    var spec = pool.method("shop.Orders/" + name).spec();

    assertThat(spec.shape()).isEqualTo(shape);
    assertThat(spec.kind()).isEqualTo(kind);
    assertThat(spec.idempotent()).isEqualTo(idempotent);
  }

  @Test
  void servicesAreListed() {
    assertThat(pool.services())
        .extracting(ServiceDescriptor::getFullName)
        .containsExactly("shop.Orders");
  }

  @ParameterizedTest
  @CsvSource({
    "shop.Orders/Plcae, Place",
    "shop.Orders/place, Place",
    "shop.Order/Place, shop.Orders",
    "shop.Orders.Place, shop.Orders/Place"
  })
  void mistypedNamesGetASuggestion(String mistyped, String meant) {
    UnknownMethodException error =
        catchThrowableOfType(UnknownMethodException.class, () -> pool.method(mistyped));

    assertThat(error.suggestion()).isEqualTo(meant);
    assertThat(error).hasMessageContaining("did you mean " + meant + "?");
  }

  @Test
  void namesThatAreNearNoneGetTheListOnly() {
    UnknownMethodException error =
        catchThrowableOfType(
            UnknownMethodException.class, () -> pool.method("shop.Orders/Obliterate"));

    assertThat(error.suggestion()).isNull();
    assertThat(error)
        .hasMessage(
            "unknown method Obliterate of shop.Orders (expected: package.Service/Method;"
                + " offered: Place, Find, Watch, Upload, Haggle)");
  }

  @Test
  void endlessNamesAreCut() {
    assertThatThrownBy(() -> pool.method("x".repeat(100_000)))
        .isInstanceOf(UnknownMethodException.class)
        .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(500));
  }

  @Test
  void missingImportIsNamed() {
    FileDescriptorSet half =
        FileDescriptorSet.newBuilder().addFile(ShopFiles.set().getFile(0)).build();

    assertThatThrownBy(() -> DescriptorPool.of(half))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shop/orders.proto imports shop/lines.proto, which is not in it")
        .hasMessageContaining("--include_imports");
  }

  @Test
  void filesThatImportEachOtherAreRefused() {
    FileDescriptorSet ring =
        FileDescriptorSet.newBuilder()
            .addFile(FileDescriptorProto.newBuilder().setName("a").addDependency("b"))
            .addFile(FileDescriptorProto.newBuilder().setName("b").addDependency("a"))
            .build();

    assertThatThrownBy(() -> DescriptorPool.of(ring))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("imports itself through");
  }

  @Test
  void deepChainOfImportsIsLinkedWithoutRecursion() {
    FileDescriptorSet.Builder chain = FileDescriptorSet.newBuilder();
    for (int i = 0; i < 5_000; i++) {
      chain.addFile(FileDescriptorProto.newBuilder().setName("f" + i).addDependency("f" + (i + 1)));
    }
    chain.addFile(FileDescriptorProto.newBuilder().setName("f5000"));

    assertThat(DescriptorPool.of(chain.build()).services()).isEmpty();
  }

  @Test
  void fileThatIsInvalidIsNamed() {
    FileDescriptorSet.Builder broken = ShopFiles.set().toBuilder();
    broken.getFileBuilder(0).getServiceBuilder(0).getMethodBuilder(0).setInputType(".shop.Gone");

    assertThatThrownBy(() -> DescriptorPool.of(broken.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shop/orders.proto")
        .hasMessageContaining("Gone");
  }
}
