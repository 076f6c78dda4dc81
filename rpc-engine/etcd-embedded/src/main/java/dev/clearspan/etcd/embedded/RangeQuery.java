package dev.clearspan.etcd.embedded;

import com.google.protobuf.ByteString;
import dev.clearspan.etcd.embedded.api.KeyValue;
import dev.clearspan.etcd.embedded.api.RangeRequest;
import dev.clearspan.etcd.embedded.api.RangeRequest.SortOrder;
import dev.clearspan.etcd.embedded.api.RangeRequest.SortTarget;
import dev.clearspan.etcd.embedded.api.RangeResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;

/**
 * Answers range requests as etcd does, down to this: the count is of the whole range, whatever
 * filters and limit leave; and where a sort target comes without an order, the limit cuts in the
 * order of keys before it sorts.
 */
final class RangeQuery {
  private final RangeRequest request;

  RangeQuery(RangeRequest request) {
    this.request = request;
  }

  /** The answer, without its header. */
  RangeResponse.Builder on(Keyspace keyspace) {
    KeyRange range = KeyRange.of(request.getKey(), request.getRangeEnd());
    NavigableMap<ByteString, KeyValue> found = keyspace.at(range, request.getRevision());
    RangeResponse.Builder response = RangeResponse.newBuilder().setCount(found.size());
    if (request.getCountOnly()) {
      return response;
    }
    List<KeyValue> kept = kept(found);
    List<KeyValue> shown = cut(kept);
    shown.forEach(each -> response.addKvs(request.getKeysOnly() ? withoutValue(each) : each));
    return response.setMore(shown.size() < kept.size());
  }

  private List<KeyValue> kept(NavigableMap<ByteString, KeyValue> found) {
    List<KeyValue> kept = new ArrayList<>();
    long most = cutsFirst() ? request.getLimit() + 1 : Long.MAX_VALUE;
    for (KeyValue each : found.values()) {
      if (kept.size() >= most) {
        break;
      }
      if (passes(each)) {
        kept.add(each);
      }
    }
    SortOrder order = order();
    if (order != SortOrder.NONE) {
      kept.sort(order == SortOrder.DESCEND ? comparator().reversed() : comparator());
    }
    return kept;
  }

  private List<KeyValue> cut(List<KeyValue> kept) {
    long limit = request.getLimit();
    return limit > 0 && kept.size() > limit ? kept.subList(0, (int) limit) : kept;
  }

  private boolean cutsFirst() {
    return request.getLimit() > 0
        && request.getSortOrder() == SortOrder.NONE
        && request.getMinModRevision() == 0
        && request.getMaxModRevision() == 0
        && request.getMinCreateRevision() == 0
        && request.getMaxCreateRevision() == 0;
  }

  private boolean passes(KeyValue each) {
    return isWithin(each.getModRevision(), request.getMinModRevision(), request.getMaxModRevision())
        && isWithin(
            each.getCreateRevision(),
            request.getMinCreateRevision(),
            request.getMaxCreateRevision());
  }

  private static boolean isWithin(long value, long least, long most) {
    return (least == 0 || value >= least) && (most == 0 || value <= most);
  }

  private SortOrder order() {
    return request.getSortTarget() != SortTarget.KEY && request.getSortOrder() == SortOrder.NONE
        ? SortOrder.ASCEND
        : request.getSortOrder();
  }

  private Comparator<KeyValue> comparator() {
    return switch (request.getSortTarget()) {
      case VERSION -> Comparator.comparingLong(KeyValue::getVersion);
      case CREATE -> Comparator.comparingLong(KeyValue::getCreateRevision);
      case MOD -> Comparator.comparingLong(KeyValue::getModRevision);
      case VALUE -> Comparator.comparing(KeyValue::getValue, KeyRange.ORDER);
      case KEY, UNRECOGNIZED -> Comparator.comparing(KeyValue::getKey, KeyRange.ORDER);
    };
  }

  private static KeyValue withoutValue(KeyValue each) {
    return each.toBuilder().clearValue().build();
  }
}
