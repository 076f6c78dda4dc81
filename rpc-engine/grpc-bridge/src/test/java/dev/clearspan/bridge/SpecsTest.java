package dev.clearspan.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.bridge.library.LibraryGrpc;
import dev.clearspan.bridge.library.LibraryProto;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SpecsTest {
  /** Text, as someone's own marshaller. */
  private static final Marshaller<String> TEXT =
      new Marshaller<>() {
        @Override
        public InputStream stream(String value) {
          return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
          try {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            if (text.equals("?")) {
              throw new IllegalStateException("no question");
            }
            return text;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  private static final MethodSpec<String, String> OWN =
      Specs.of(
          MethodDescriptor.<String, String>newBuilder(TEXT, TEXT)
              .setType(MethodType.BIDI_STREAMING)
              .setFullMethodName("own.Text/Talk")
              .setSafe(true)
              .build());

  @Test
  void messagesOfAnOwnMarshallerGoThroughItsStreams() {
    ByteBuffer bytes = ByteBuffer.allocate(OWN.requestCodec().sizeOf("h\u00e9"));
    OWN.requestCodec().encode("h\u00e9", bytes);

    assertThat(bytes.hasRemaining()).isFalse();
    assertThat(OWN.requestCodec().decode(bytes.flip())).isEqualTo("h\u00e9");
  }

  @Test
  void whatAMarshallerCannotParseIsBadInput() {
    ByteBuffer bytes = ByteBuffer.wrap("?".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> OWN.requestCodec().decode(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no question");
  }

  @Test
  void methodsOfOthersAreQueriesIfSafe() {
    assertThat(OWN.kind()).isEqualTo(MethodKind.QUERY);
    assertThat(OWN.idempotent()).isTrue();
    assertThat(OWN.shape()).isEqualTo(MethodShape.BIDI_STREAMING);
  }

  @Test
  void methodsOfAProtoHaveItsKindAndTheCodecOfGeneratedClients() {
    MethodSpec<?, ?> find = Specs.of(LibraryGrpc.getFindMethod());
    MethodSpec<?, ?> lend = Specs.of(LibraryGrpc.getLendMethod());

    assertThat(find.kind()).isEqualTo(MethodKind.QUERY);
    assertThat(find.idempotent()).isTrue();
    assertThat(find.requestCodec()).isInstanceOf(ProtobufCodec.class);
    assertThat(lend.kind()).isEqualTo(MethodKind.WRITE);
    assertThat(lend.idempotent()).isFalse();
  }

  @Test
  void servicesCarryTheFileOfTheirProto() {
    var file = GrpcServices.of(new LibraryService()).definition().file();

    assertThat(file).isSameAs(LibraryProto.getDescriptor());
  }
}
