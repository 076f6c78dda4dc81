package dev.clearspan.console.api;

import dev.clearspan.console.layout.Arrangement;
import dev.clearspan.console.layout.Layout;
import dev.clearspan.console.layout.Layouts;
import dev.clearspan.console.layout.Place;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Route;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where boxes stand on everybody's map. */
final class LayoutApi implements Api {
  private static final String PATH = "/api/v1/topology/layout/{arrangement}";

  private final Layouts layouts;

  LayoutApi(Layouts layouts) {
    this.layouts = layouts;
  }

  /**
   * Boxes to be placed.
   *
   * @param anew whether all others lose their place; false if left out
   */
  record PlaceRequest(@Nullable List<Place> boxes, @Nullable Boolean anew) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(PATH)
            .access(Access.VIEWER)
            .summary("Shows where boxes stand on the map, wide or narrow")
            .gives(Layout.class)
            .handledBy(context -> Json.answer(context, layouts.layout(arrangement(context)))),
        Route.put(PATH)
            .access(Access.OPERATOR)
            .summary("Places boxes on everybody's map; the others stay")
            .takes(PlaceRequest.class)
            .gives(Layout.class)
            .handledBy(this::place));
  }

  private void place(Context context) {
    Arrangement arrangement = arrangement(context);
    PlaceRequest request = Json.body(context, PlaceRequest.class);
    if (request.boxes() == null || request.boxes().stream().anyMatch(Objects::isNull)) {
      throw ProblemException.invalid("boxes", "missing, or null among them (expected: a list)");
    }
    boolean anew = Boolean.TRUE.equals(request.anew());
    Json.answer(context, layouts.place(arrangement, request.boxes(), anew));
  }

  private static Arrangement arrangement(Context context) {
    String word = context.pathParam("arrangement");
    return Arrays.stream(Arrangement.values())
        .filter(arrangement -> arrangement.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.notFound(
                    "no arrangement \"" + word + "\" (expected: wide or narrow)"));
  }
}
