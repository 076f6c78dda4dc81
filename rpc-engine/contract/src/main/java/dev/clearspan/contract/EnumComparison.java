package dev.clearspan.contract;

import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto.EnumReservedRange;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import java.util.List;

/** Compares an enum of two contracts. */
record EnumComparison(
    Declared<EnumDescriptorProto> before, Declared<EnumDescriptorProto> after, Findings findings) {
  private static final int VALUES = 2;

  void run() {
    for (EnumValueDescriptorProto value : before.proto().getValueList()) {
      List<EnumValueDescriptorProto> same =
          after.proto().getValueList().stream()
              .filter(each -> each.getNumber() == value.getNumber())
              .toList();
      if (same.isEmpty()) {
        gone(value);
      } else if (same.stream().noneMatch(each -> each.getName().equals(value.getName()))) {
        renamed(value, same.get(0));
      }
    }
  }

  private void gone(EnumValueDescriptorProto value) {
    String element = before.name() + "." + value.getName();
    int moved = indexOf(value.getName());
    if (moved >= 0) {
      findings.add(
          Rule.ENUM_VALUE_NUMBER,
          element,
          after.place().part(VALUES, moved),
          value.getNumber() + ", now " + after.proto().getValue(moved).getNumber());
    } else if (!isReserved(value.getNumber())) {
      findings.add(
          Rule.ENUM_VALUE_REMOVED,
          element,
          after.place(),
          "%d is gone (expected: \"reserved %d;\")"
              .formatted(value.getNumber(), value.getNumber()));
    } else if (!after.proto().getReservedNameList().contains(value.getName())) {
      findings.add(
          Rule.ENUM_VALUE_NAME,
          element,
          after.place(),
          "gone, and its name is not reserved (expected: \"reserved \"%s\";\")"
              .formatted(value.getName()));
    }
  }

  private void renamed(EnumValueDescriptorProto was, EnumValueDescriptorProto is) {
    findings.add(
        Rule.ENUM_VALUE_NAME,
        before.name() + "." + was.getName(),
        after.place().part(VALUES, indexOf(is.getName())),
        was.getNumber() + " is now called " + is.getName());
  }

  private int indexOf(String name) {
    for (int i = 0; i < after.proto().getValueCount(); i++) {
      if (after.proto().getValue(i).getName().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isReserved(int number) {
    for (EnumReservedRange range : after.proto().getReservedRangeList()) {
      if (number >= range.getStart() && number <= range.getEnd()) { // the end is in it
        return true;
      }
    }
    return false;
  }
}
