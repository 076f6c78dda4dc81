package dev.clearspan.contract;

import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import dev.clearspan.protocol.MethodKind;
import dev.clearspan.protocol.OptionsProto;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What happens to peers of an older contract when a newer one is deployed: the differences of the
 * older one's services and of all types that they use. What is only in the newer one breaks nobody.
 * Not thread-safe; made and thrown away by {@link #of}.
 */
public final class Comparison {
  private static final int METHODS = 2;

  private final Contract older;
  private final Contract newer;
  private final TypeWalk types;
  private final List<Difference> ofServices = new ArrayList<>();
  private final Map<TypePair, Set<String>> methodsByType = new HashMap<>();

  private Comparison(Contract older, Contract newer) {
    this.older = older;
    this.newer = newer;
    this.types = new TypeWalk(older, newer, /* judgesRenames= */ true);
  }

  /** What of the contract is compared. */
  public enum Extent {
    /** Services that the newer contract does not have are removed. */
    WHOLE,
    /** The newer contract is a part: services that it does not have are not looked at. */
    PART
  }

  /** The differences, worst first, then by file and name; at most 1,000 of each type. */
  public static List<Difference> of(Contract older, Contract newer, Extent extent) {
    Comparison comparison = new Comparison(older, newer);
    for (String service : older.services()) {
      comparison.service(service, extent);
    }
    List<Difference> all = new ArrayList<>(comparison.ofServices);
    all.addAll(comparison.types.differences(comparison.methodsByType));
    all.sort(
        Comparator.comparing(Difference::level)
            .thenComparing(Difference::file)
            .thenComparing(Difference::line)
            .thenComparing(Difference::element));
    return List.copyOf(all);
  }

  private void service(String name, Extent extent) {
    Declared<ServiceDescriptorProto> before = older.service(name);
    Declared<ServiceDescriptorProto> after = newer.service(name);
    if (before == null) {
      return;
    }
    if (after == null) {
      if (extent == Extent.WHOLE) {
        add(Rule.SERVICE_REMOVED, name, before.place(), "is gone", methodsOf(before));
      }
      return;
    }
    for (MethodDescriptorProto method : before.proto().getMethodList()) {
      String fullName = name + "/" + method.getName();
      int index = indexOf(after.proto(), method.getName());
      if (index < 0) {
        add(Rule.METHOD_REMOVED, fullName, after.place(), "is gone", List.of(fullName));
      } else {
        Place place = after.place().part(METHODS, index);
        method(fullName, method, after.proto().getMethod(index), place);
      }
    }
  }

  private void method(String name, MethodDescriptorProto was, MethodDescriptorProto is, Place at) {
    differ(Rule.METHOD_STREAMING, name, at, shape(was), shape(is));
    type(Rule.REQUEST_TYPE, name, at, was.getInputType(), is.getInputType());
    type(Rule.RESPONSE_TYPE, name, at, was.getOutputType(), is.getOutputType());
    IdempotencyLevel before = was.getOptions().getIdempotencyLevel();
    IdempotencyLevel after = is.getOptions().getIdempotencyLevel();
    if (before != IdempotencyLevel.IDEMPOTENCY_UNKNOWN
        && after == IdempotencyLevel.IDEMPOTENCY_UNKNOWN) {
      differ(Rule.METHOD_IDEMPOTENCY, name, at, before.name(), after.name());
    }
    differ(Rule.METHOD_KIND, name, at, kind(was).name(), kind(is).name());
  }

  private void type(Rule rule, String method, Place place, String was, String is) {
    TypePair pair = new TypePair(withoutDot(was), withoutDot(is));
    if (!pair.before().equals(pair.after())) {
      Rule found = types.fits(pair) ? Rule.TYPE_RENAMED : rule;
      add(found, method, place, pair.before() + ", now " + pair.after(), List.of(method));
      return;
    }
    types.visit(pair);
    for (TypePair reached : types.reachable(pair)) {
      methodsByType.computeIfAbsent(reached, key -> new TreeSet<>()).add(method);
    }
  }

  private void differ(Rule rule, String method, Place place, String was, String is) {
    if (!was.equals(is)) {
      add(rule, method, place, was + ", now " + is, List.of(method));
    }
  }

  private void add(Rule rule, String element, Place place, String detail, List<String> methods) {
    if (ofServices.size() < Findings.MOST) {
      ofServices.add(new Difference(rule, element, place.file(), place.line(), detail, methods));
    }
  }

  private static List<String> methodsOf(Declared<ServiceDescriptorProto> service) {
    return service.proto().getMethodList().stream()
        .map(method -> service.name() + "/" + method.getName())
        .limit(Difference.MOST_METHODS)
        .toList();
  }

  private static int indexOf(ServiceDescriptorProto service, String method) {
    for (int i = 0; i < service.getMethodCount(); i++) {
      if (service.getMethod(i).getName().equals(method)) {
        return i;
      }
    }
    return -1;
  }

  private static String shape(MethodDescriptorProto method) {
    String request = method.getClientStreaming() ? "a stream" : "one message";
    return request + " in, " + (method.getServerStreaming() ? "a stream" : "one message") + " out";
  }

  /** Unspecified is treated as WRITE by everyone. */
  private static MethodKind kind(MethodDescriptorProto method) {
    MethodKind kind = method.getOptions().getExtension(OptionsProto.kind);
    return kind == MethodKind.METHOD_KIND_UNSPECIFIED ? MethodKind.WRITE : kind;
  }

  private static String withoutDot(@Nullable String name) {
    return name != null && name.startsWith(".") ? name.substring(1) : String.valueOf(name);
  }
}
