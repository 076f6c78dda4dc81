package dev.clearspan.rpc.generic;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.TextFormat;
import dev.clearspan.protocol.OptionsProto;

/** A descriptor set as protoc writes it, for a small shop in two files. */
final class ShopFiles {
  private static final String TEXT =
      """
      file {
        name: "shop/orders.proto" package: "shop" syntax: "proto2"
        dependency: "shop/lines.proto" dependency: "google/protobuf/any.proto"
        dependency: "google/protobuf/timestamp.proto" dependency: "clearspan/options.proto"
        message_type {
          name: "Order"
          field { name: "order_id" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
          field { name: "lines" number: 2 type: TYPE_MESSAGE type_name: ".shop.Line"
                  label: LABEL_REPEATED }
          field { name: "placed" number: 3 type: TYPE_MESSAGE label: LABEL_OPTIONAL
                  type_name: ".google.protobuf.Timestamp" }
          field { name: "note" number: 4 type: TYPE_MESSAGE label: LABEL_OPTIONAL
                  type_name: ".google.protobuf.Any" }
          extension_range { start: 100 end: 200 }
        }
        extension { name: "gift" number: 100 type: TYPE_BOOL label: LABEL_OPTIONAL
                    extendee: ".shop.Order" }
        service {
          name: "Orders"
          method { name: "Place" input_type: ".shop.Order" output_type: ".shop.Order"
                   options { idempotency_level: IDEMPOTENT } }
          method { name: "Find" input_type: ".shop.Order" output_type: ".shop.Order"
                   options { idempotency_level: NO_SIDE_EFFECTS [clearspan.kind]: QUERY } }
          method { name: "Watch" input_type: ".shop.Order" output_type: ".shop.Line"
                   server_streaming: true options { [clearspan.kind]: EXTERNAL } }
          method { name: "Upload" input_type: ".shop.Line" output_type: ".shop.Order"
                   client_streaming: true }
          method { name: "Haggle" input_type: ".shop.Line" output_type: ".shop.Line"
                   client_streaming: true server_streaming: true }
        }
      }
      file {
        name: "shop/lines.proto" package: "shop" syntax: "proto3"
        message_type {
          name: "Line"
          field { name: "item" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
          field { name: "quantity" number: 2 type: TYPE_INT32 label: LABEL_OPTIONAL }
        }
      }
      """;

  private ShopFiles() {}

  /** The set; well-known files and Clearspan's options are not in it. */
  static FileDescriptorSet set() {
    ExtensionRegistry options = ExtensionRegistry.newInstance();
    OptionsProto.registerAllExtensions(options);
    FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
    try {
      TextFormat.getParser().merge(TEXT, options, set);
      // As a reader gets it who does not know the options: they are unknown fields.
      return FileDescriptorSet.parseFrom(set.build().toByteArray());
    } catch (TextFormat.ParseException | com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
