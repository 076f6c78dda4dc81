package dev.clearspan.console;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import dev.clearspan.etcd.EtcdRegistry;
import dev.clearspan.protocol.OptionsProto;
import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.generic.DescriptorPool;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A real server of a small shop, made from descriptors, in the registry of a console. */
public final class ShopServer implements AutoCloseable {
  /** The .proto, in protobuf's text form. */
  public static final String SHOP =
      """
      file {
        name: "shop/orders.proto" package: "shop" syntax: "proto3" dependency: "clearspan/options.proto"
        message_type { name: "Order"
          field { name: "order_id" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL json_name: "orderId" }
          field { name: "quantity" number: 2 type: TYPE_INT32 label: LABEL_OPTIONAL json_name: "quantity" }
          field { name: "speed" number: 3 type: TYPE_ENUM type_name: ".shop.Speed" label: LABEL_OPTIONAL json_name: "speed" }
          field { name: "parts" number: 4 type: TYPE_MESSAGE type_name: ".shop.Order" label: LABEL_REPEATED json_name: "parts" }
          field { name: "card" number: 5 type: TYPE_STRING label: LABEL_OPTIONAL json_name: "card" oneof_index: 0 }
          field { name: "iban" number: 6 type: TYPE_STRING label: LABEL_OPTIONAL json_name: "iban" oneof_index: 0 }
          oneof_decl { name: "payment" }
        }
        enum_type { name: "Speed" value { name: "SLOW" number: 0 } value { name: "FAST" number: 1 } }
        service { name: "Orders"
          method { name: "Find" input_type: ".shop.Order" output_type: ".shop.Order"
            options { idempotency_level: NO_SIDE_EFFECTS [clearspan.kind]: QUERY } }
          method { name: "Place" input_type: ".shop.Order" output_type: ".shop.Order" }
          method { name: "Follow" input_type: ".shop.Order" output_type: ".shop.Order" server_streaming: true
            options { idempotency_level: NO_SIDE_EFFECTS } }
          method { name: "Upload" input_type: ".shop.Order" output_type: ".shop.Order" client_streaming: true
            options { idempotency_level: IDEMPOTENT deprecated: true } }
        }
        source_code_info {
          location { path: [6, 0, 2, 0] span: [20, 2, 30] leading_comments: " Finds an order.\\n" }
          location { path: [4, 0, 2, 1] span: [10, 2, 30] trailing_comments: " 1 to 100.\\n" }
        }
      }
      """;

  private final EtcdRegistry registry;
  private final RpcServer server;
  private final CountDownLatch closing = new CountDownLatch(1);

  /** Calls that reached a handler. */
  public final AtomicInteger handled = new AtomicInteger();

  private ShopServer(TestConsole console, String service, String instance, String text) {
    ProcessIdentity identity = ProcessIdentity.of(service).withInstanceId(instance);
    registry =
        EtcdRegistry.builder()
            .endpoints(console.config().registry())
            .env(console.config().env())
            .identity(identity)
            .snapshotDirectory(
                Path.of(System.getProperty("java.io.tmpdir"), "snap-" + identity.processId()))
            .build();
    DescriptorPool pool = DescriptorPool.of(set(text));
    server =
        RpcServer.builder(service)
            .identity(identity)
            .registry(registry)
            .version("1.0")
            .service(() -> definition(pool))
            .start();
  }

  public static ShopServer start(TestConsole console, String service, String instance) {
    return new ShopServer(console, service, instance, SHOP);
  }

  /** One whose .proto is another. */
  static ShopServer start(TestConsole console, String service, String instance, String text) {
    return new ShopServer(console, service, instance, text);
  }

  int port() {
    return server.port();
  }

  /** A channel of this process to a service of the same registry. */
  RpcChannel channel(String service) {
    return RpcChannel.builder(service).registry(registry).build();
  }

  /** Finds an order by its id: "missing" is not found. */
  static void find(RpcChannel orders, String id) {
    DescriptorPool pool = DescriptorPool.of(set(SHOP));
    Descriptor order = pool.services().iterator().next().getMethods().get(0).getInputType();
    orders.call(
        spec(pool, "Find"),
        DynamicMessage.newBuilder(order).setField(order.findFieldByName("order_id"), id).build(),
        CallOptions.DEFAULT);
  }

  static FileDescriptorSet set(String text) {
    ExtensionRegistry options = ExtensionRegistry.newInstance();
    OptionsProto.registerAllExtensions(options);
    FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
    try {
      TextFormat.getParser().merge(text, options, set);
      return FileDescriptorSet.parseFrom(set.build().toByteArray());
    } catch (TextFormat.ParseException | InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private ServiceDefinition definition(DescriptorPool pool) {
    return new ServiceDefinition(
        "shop.Orders",
        List.of(
            BoundMethod.unary(spec(pool, "Find"), this::answer),
            BoundMethod.unary(spec(pool, "Place"), this::answer),
            BoundMethod.serverStreaming(
                spec(pool, "Follow"),
                (request, replies) -> {
                  for (int i = 0; i < quantity(request); i++) {
                    replies.send(request);
                  }
                }),
            BoundMethod.clientStreaming(
                spec(pool, "Upload"),
                requests -> {
                  DynamicMessage last = requests.receive();
                  for (DynamicMessage each : requests) {
                    last = each;
                  }
                  return Objects.requireNonNull(last);
                })),
        pool.services().iterator().next().getFile());
  }

  private static MethodSpec<DynamicMessage, DynamicMessage> spec(DescriptorPool pool, String name) {
    return pool.method("shop.Orders/" + name).spec();
  }

  /** Echoes, with what it heard in the trailers; or fails as the order's id says. */
  private DynamicMessage answer(DynamicMessage order) throws InterruptedException {
    handled.incrementAndGet();
    Call call = Objects.requireNonNull(Call.current());
    String tenant = call.spec().metadata().first("tenant");
    if (tenant != null) {
      call.setTrailers(Metadata.EMPTY.with("seen-tenant", tenant));
    }
    String id = (String) order.getField(field(order, "order_id"));
    if (id.equals("missing")) {
      throw new RpcException(Status.Code.NOT_FOUND, "no order 'missing'");
    }
    if (id.equals("hang")) {
      closing.await();
    }
    return order;
  }

  private static int quantity(DynamicMessage order) {
    return (Integer) order.getField(field(order, "quantity"));
  }

  private static FieldDescriptor field(DynamicMessage message, String name) {
    return message.getDescriptorForType().findFieldByName(name);
  }

  @Override
  public void close() {
    closing.countDown();
    server.close();
    registry.close();
  }
}
