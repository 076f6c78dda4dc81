package dev.clearspan.contract;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What of a field matters to its peers. */
record FieldForm(Contract contract, Declared<DescriptorProto> owner, FieldDescriptorProto field) {
  String name() {
    return owner.name() + "." + field.getName();
  }

  /** Singular, repeated, map or required. */
  String cardinality() {
    if (field.getLabel() == Label.LABEL_REPEATED) {
      return isMap() ? "map" : "repeated";
    }
    return field.getLabel() == Label.LABEL_REQUIRED ? "required" : "singular";
  }

  boolean isMap() {
    Declared<DescriptorProto> type = refersTo() ? contract.message(typeName()) : null;
    return field.getLabel() == Label.LABEL_REPEATED
        && type != null
        && type.proto().getOptions().getMapEntry();
  }

  /** Whether it is of a message or an enum. */
  boolean refersTo() {
    return field.hasTypeName();
  }

  /** Of a message or an enum, without the leading dot. */
  String typeName() {
    String name = field.getTypeName();
    return name.startsWith(".") ? name.substring(1) : name;
  }

  /** As in a .proto: {@code int64}, {@code shop.Money}. */
  String type() {
    return refersTo()
        ? typeName()
        : field.getType().name().substring("TYPE_".length()).toLowerCase(Locale.ROOT);
  }

  Type wireType() {
    return field.getType();
  }

  String jsonName() {
    return field.hasJsonName() ? field.getJsonName() : camelCase(field.getName());
  }

  /** The oneof it is a part of; null: none that somebody wrote. */
  @Nullable String oneof() {
    if (!field.hasOneofIndex() || field.getProto3Optional()) {
      return null;
    }
    int index = field.getOneofIndex();
    return index >= 0 && index < owner.proto().getOneofDeclCount()
        ? owner.proto().getOneofDecl(index).getName()
        : null;
  }

  boolean tellsPresence() {
    return field.getProto3Optional();
  }

  private static String camelCase(String name) {
    StringBuilder text = new StringBuilder();
    boolean upper = false;
    for (int i = 0; i < name.length(); i++) {
      char each = name.charAt(i);
      if (each == '_') {
        upper = true;
      } else {
        text.append(upper ? Character.toUpperCase(each) : each);
        upper = false;
      }
    }
    return text.toString();
  }
}
