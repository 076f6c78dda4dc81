package dev.clearspan.console.intake;

import java.util.List;

/**
 * The spans of one export request, already within the {@link SpanLimits}: every span has a valid
 * trace and span id.
 */
public record SpanBatch(List<SpanGroup> groups) implements Batch {
  public SpanBatch {
    groups = List.copyOf(groups);
  }

  @Override
  public int count() {
    return groups.stream().mapToInt(group -> group.spans().size()).sum();
  }

  @Override
  public long bytes() {
    return groups.stream().mapToLong(SpanGroup::bytes).sum();
  }
}
