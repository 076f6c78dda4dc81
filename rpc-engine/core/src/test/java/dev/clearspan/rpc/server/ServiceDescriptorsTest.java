package dev.clearspan.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.TimestampProto;
import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Registry;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.control.ServiceRules;
import dev.clearspan.rpc.control.StatusBoard;
import dev.clearspan.rpc.discovery.InstanceSet;
import dev.clearspan.rpc.discovery.Registration;
import dev.clearspan.rpc.discovery.Subscription;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a server publishes of its services' contracts. */
class ServiceDescriptorsTest {
  private final KeepingRegistry registry = new KeepingRegistry();

  @Test
  void aServerPublishesItsFilesWithWhatTheyImport_andItsInstanceRefersToThem() throws Exception {
    serve(ApiProto.getDescriptor(), TimestampProto.getDescriptor());

    assertThat(registry.published).hasSize(1);
    byte[] set = registry.published.get(0);
    assertThat(FileDescriptorSet.parseFrom(set).getFileList())
        .extracting(FileDescriptorProto::getName)
        .contains("google/protobuf/api.proto", "google/protobuf/timestamp.proto")
        .contains("google/protobuf/source_context.proto")
        .doesNotHaveDuplicates();
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(set));
    assertThat(registry.instances.get(0).getDescriptorHash()).isEqualTo(hash);
  }

  @Test
  void theOrderOfTheServicesMakesNoDifference() {
    serve(DurationProto.getDescriptor(), TimestampProto.getDescriptor());
    serve(TimestampProto.getDescriptor(), DurationProto.getDescriptor());
    assertThat(registry.published.get(0)).isEqualTo(registry.published.get(1));
  }

  @Test
  void aServerWithoutDescriptorsPublishesNone() {
    serve((FileDescriptor) null);
    assertThat(registry.published).isEmpty();
    assertThat(registry.instances.get(0).getDescriptorHash()).isEmpty();
  }

  @Test
  void aServerWhoseDescriptorsAreTooLargeServesAllTheSame() {
    registry.refusal = new IllegalArgumentException("too large");
    serve(TimestampProto.getDescriptor());
    assertThat(registry.instances).hasSize(1);
  }

  private void serve(@Nullable FileDescriptor... files) {
    var server = RpcServer.builder("orders").registry(registry);
    for (int i = 0; i < files.length; i++) {
      ServiceDefinition definition = new ServiceDefinition("test.S" + i, List.of(), files[i]);
      RpcService service = () -> definition;
      server.service(service);
    }
    server.start().close();
  }

  private static final class KeepingRegistry implements Registry {
    final List<byte[]> published = new ArrayList<>();
    final List<Instance> instances = new ArrayList<>();
    @Nullable IllegalArgumentException refusal;
    private final StatusBoard board = new StatusBoard(ProcessIdentity.of("process"));

    @Override
    public CompletionStage<Void> publishDescriptors(byte[] fileDescriptorSet) {
      if (refusal != null) {
        throw refusal;
      }
      published.add(fileDescriptorSet);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public Registration register(Instance instance) {
      instances.add(instance);
      return new Registration() {
        @Override
        public boolean isRegistered() {
          return true;
        }

        @Override
        public void drain() {}

        @Override
        public void close() {}
      };
    }

    @Override
    public Subscription watch(String service, Consumer<InstanceSet> listener) {
      throw new AssertionError("servers watch no instances");
    }

    @Override
    public Subscription watchRules(String service, Consumer<ServiceRules> listener) {
      return () -> {};
    }

    @Override
    public StatusBoard status() {
      return board;
    }

    @Override
    public void close() {}
  }
}
