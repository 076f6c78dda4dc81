package dev.clearspan.console.metric;

import org.jspecify.annotations.Nullable;

/**
 * The tallies of the last slots of time, each {@code slotMillis} long; older ones are overwritten.
 * Guarded by its {@link Series}.
 */
final class SlotRing {
  private final long slotMillis;
  private final @Nullable Slot[] slots;

  SlotRing(long slotMillis, int slotCount) {
    this.slotMillis = slotMillis;
    this.slots = new @Nullable Slot[slotCount];
  }

  void add(long atMillis, LatencyHistogram durations, Ending ending) {
    long number = Math.floorDiv(atMillis, slotMillis);
    int at = Math.floorMod(number, slots.length);
    Slot slot = slots[at];
    if (slot == null || slot.number < number) {
      slot = new Slot(number, new Tally());
      slots[at] = slot;
    }
    if (slot.number == number) {
      slot.tally.add(durations, ending);
    }
  }

  /** Adds up the slots numbered above {@code afterSlot}, up to {@code lastSlot}. */
  void sum(long afterSlot, long lastSlot, Tally sum) {
    for (Slot slot : slots) {
      if (slot != null && slot.number > afterSlot && slot.number <= lastSlot) {
        sum.add(slot.tally);
      }
    }
  }

  /** Adds each slot from number {@code firstSlot} on to the tally of the same place. */
  void spread(long firstSlot, Tally[] tallies) {
    for (Slot slot : slots) {
      if (slot != null && slot.number >= firstSlot && slot.number < firstSlot + tallies.length) {
        tallies[(int) (slot.number - firstSlot)].add(slot.tally);
      }
    }
  }

  private record Slot(long number, Tally tally) {}
}
