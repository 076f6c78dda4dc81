package dev.clearspan.console.layout;

import java.util.List;

/**
 * An arrangement of the map.
 *
 * @param boxes those that have a place; a map may have more, and fewer
 */
public record Layout(List<Place> boxes) {
  public Layout {
    boxes = List.copyOf(boxes);
  }
}
