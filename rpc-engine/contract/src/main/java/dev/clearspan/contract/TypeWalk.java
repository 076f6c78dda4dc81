package dev.clearspan.contract;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares types and all that they refer to, each pair once, without recursion: a descriptor set
 * may come from anyone. Not thread-safe.
 */
final class TypeWalk {
  private final Contract older;
  private final Contract newer;
  private final boolean judgesRenames;
  private final Map<TypePair, Findings> findings = new LinkedHashMap<>();
  private final Map<TypePair, Set<TypePair>> references = new LinkedHashMap<>();
  private final Deque<TypePair> open = new ArrayDeque<>();

  /**
   * A walk that has not begun.
   *
   * @param judgesRenames whether a type of another name is looked into, and told of as one change
   */
  TypeWalk(Contract older, Contract newer, boolean judgesRenames) {
    this.older = older;
    this.newer = newer;
    this.judgesRenames = judgesRenames;
  }

  /** Compares a pair of messages and what they refer to, unless that was done. */
  void visit(TypePair root) {
    enter(root);
    for (TypePair pair = open.poll(); pair != null; pair = open.poll()) {
      compare(pair);
    }
  }

  /** What is wrong with the types that this one leads to, itself included. */
  Set<TypePair> reachable(TypePair root) {
    Set<TypePair> seen = new LinkedHashSet<>();
    Deque<TypePair> next = new ArrayDeque<>(List.of(root));
    for (TypePair pair = next.poll(); pair != null; pair = next.poll()) {
      if (seen.add(pair)) {
        next.addAll(references.getOrDefault(pair, Set.of()));
      }
    }
    return seen;
  }

  Map<TypePair, Findings> findings() {
    return findings;
  }

  /** Whether the pair and all that it refers to fit together. */
  boolean fits(TypePair root) {
    if (older.message(root.before()) == null || newer.message(root.after()) == null) {
      return root.before().equals(root.after());
    }
    TypeWalk inner = new TypeWalk(older, newer, /* judgesRenames= */ false);
    inner.visit(root);
    return inner.findings.values().stream().noneMatch(Findings::breaks);
  }

  private void enter(TypePair pair) {
    if (findings.putIfAbsent(pair, new Findings()) == null) {
      open.add(pair);
    }
  }

  private void compare(TypePair pair) {
    Findings found = findings.getOrDefault(pair, new Findings());
    Declared<DescriptorProto> before = older.message(pair.before());
    Declared<DescriptorProto> after = newer.message(pair.after());
    Declared<EnumDescriptorProto> enumBefore = older.enumeration(pair.before());
    Declared<EnumDescriptorProto> enumAfter = newer.enumeration(pair.after());
    if (before != null && after != null) {
      new MessageComparison(
              older, newer, before, after, found, (was, is) -> referred(pair, was, is, found))
          .run();
    } else if (enumBefore != null && enumAfter != null) {
      new EnumComparison(enumBefore, enumAfter, found).run();
    }
  }

  private void referred(TypePair from, FieldForm was, FieldForm is, Findings found) {
    TypePair pair = new TypePair(was.typeName(), is.typeName());
    boolean renamed = !pair.before().equals(pair.after()) && !was.isMap();
    if (renamed && judgesRenames) {
      Rule rule = fitsAs(was.wireType(), pair) ? Rule.TYPE_RENAMED : Rule.FIELD_TYPE;
      found.add(rule, was.name(), is.owner().place(), was.type() + ", now " + is.type());
    } else {
      references.computeIfAbsent(from, key -> new LinkedHashSet<>()).add(pair);
      enter(pair);
    }
  }

  private boolean fitsAs(Type type, TypePair pair) {
    if (type != Type.TYPE_ENUM) {
      return fits(pair);
    }
    @Nullable Declared<EnumDescriptorProto> before = older.enumeration(pair.before());
    @Nullable Declared<EnumDescriptorProto> after = newer.enumeration(pair.after());
    if (before == null || after == null) {
      return false;
    }
    Findings inner = new Findings();
    new EnumComparison(before, after, inner).run();
    return !inner.breaks();
  }

  /** All that was found, with who is concerned. */
  List<Difference> differences(Map<TypePair, Set<String>> methods) {
    List<Difference> all = new ArrayList<>();
    findings.forEach(
        (pair, found) -> {
          List<String> concerned =
              methods.getOrDefault(pair, Set.of()).stream().limit(Difference.MOST_METHODS).toList();
          for (Difference each : found.all()) {
            all.add(
                new Difference(
                    each.rule(),
                    each.element(),
                    each.file(),
                    each.line(),
                    each.detail(),
                    concerned));
          }
        });
    return all;
  }
}
