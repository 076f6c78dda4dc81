package dev.clearspan.contract;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.DescriptorProto.ReservedRange;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Compares the fields of a message of two contracts; the types of fields are left to others. */
final class MessageComparison {
  private static final int FIELDS = 2;

  private final Contract older;
  private final Contract newer;
  private final Declared<DescriptorProto> before;
  private final Declared<DescriptorProto> after;
  private final Findings findings;
  private final BiConsumer<FieldForm, FieldForm> types;
  private final Map<Integer, Integer> indexByNumber = new HashMap<>();
  private final Map<String, Integer> indexByName = new HashMap<>();

  /**
   * A comparison to be run once.
   *
   * @param types is told of fields that refer to a message or an enum before and after
   */
  MessageComparison(
      Contract older,
      Contract newer,
      Declared<DescriptorProto> before,
      Declared<DescriptorProto> after,
      Findings findings,
      BiConsumer<FieldForm, FieldForm> types) {
    this.older = older;
    this.newer = newer;
    this.before = before;
    this.after = after;
    this.findings = findings;
    this.types = types;
    for (int i = 0; i < after.proto().getFieldCount(); i++) {
      indexByNumber.put(after.proto().getField(i).getNumber(), i);
      indexByName.put(after.proto().getField(i).getName(), i);
    }
  }

  void run() {
    Map<Integer, FieldDescriptorProto> known = new HashMap<>();
    for (FieldDescriptorProto field : before.proto().getFieldList()) {
      known.put(field.getNumber(), field);
      FieldForm was = new FieldForm(older, before, field);
      Integer same = indexByNumber.get(field.getNumber());
      if (same == null) {
        gone(was);
      } else {
        compare(was, new FieldForm(newer, after, after.proto().getField(same)), place(same));
      }
    }
    indexByNumber.forEach((number, index) -> requiredAndNew(known.get(number), index));
  }

  private void requiredAndNew(@Nullable FieldDescriptorProto known, int index) {
    FieldForm form = new FieldForm(newer, after, after.proto().getField(index));
    if (known == null && form.cardinality().equals("required")) {
      findings.add(Rule.FIELD_REQUIRED, form.name(), place(index), "new and required");
    }
  }

  private void gone(FieldForm was) {
    int number = was.field().getNumber();
    String name = was.field().getName();
    Integer moved = indexByName.get(name);
    if (moved != null) {
      String now = "number %d, now %d".formatted(number, after.proto().getField(moved).getNumber());
      findings.add(Rule.FIELD_NUMBER, was.name(), place(moved), now);
    } else if (!isReserved(number)) {
      findings.add(
          Rule.FIELD_REMOVED,
          was.name(),
          after.place(),
          "number %d is gone (expected: \"reserved %d;\")".formatted(number, number));
    } else if (!after.proto().getReservedNameList().contains(name)) {
      findings.add(
          Rule.FIELD_NAME_FREED,
          was.name(),
          after.place(),
          "gone, and its name is not reserved (expected: \"reserved \"%s\";\")".formatted(name));
    }
  }

  private void compare(FieldForm was, FieldForm is, Place place) {
    differ(Rule.FIELD_CARDINALITY, was, was.cardinality(), is.cardinality(), place);
    if (!Objects.equals(was.oneof(), is.oneof())) {
      findings.add(
          Rule.FIELD_ONEOF, was.name(), place, in(was.oneof()) + ", now " + in(is.oneof()));
    } else if (was.tellsPresence() != is.tellsPresence()) {
      differ(Rule.FIELD_PRESENCE, was, presence(was), presence(is), place);
    }
    differ(Rule.FIELD_JSON_NAME, was, was.jsonName(), is.jsonName(), place);
    if (was.refersTo() && is.refersTo() && was.wireType() == is.wireType()) {
      if (was.isMap() == is.isMap()) {
        types.accept(was, is);
      }
    } else {
      differ(Rule.FIELD_TYPE, was, was.type(), is.type(), place);
    }
  }

  private void differ(Rule rule, FieldForm field, String was, String is, Place place) {
    if (!was.equals(is)) {
      findings.add(rule, field.name(), place, was + ", now " + is);
    }
  }

  private static String in(@Nullable String oneof) {
    return oneof == null ? "in no oneof" : "in oneof " + oneof;
  }

  private static String presence(FieldForm field) {
    return field.tellsPresence() ? "optional" : "without optional";
  }

  private Place place(int field) {
    return after.place().part(FIELDS, field);
  }

  private boolean isReserved(int number) {
    for (ReservedRange range : after.proto().getReservedRangeList()) {
      if (number >= range.getStart() && number < range.getEnd()) { // the end is not in it
        return true;
      }
    }
    return false;
  }
}
