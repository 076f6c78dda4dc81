package dev.clearspan.console.api;

import dev.clearspan.console.recorder.RecorderState;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Route;
import java.util.List;
import java.util.function.Supplier;

/** How the flight recorders of all processes are. */
public final class RecorderApi implements Api {
  private final Supplier<RecorderState> state;

  public RecorderApi(Supplier<RecorderState> state) {
    this.state = state;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/recorders")
            .access(Access.VIEWER)
            .summary("Shows what each process keeps, loses and sheds of its calls")
            .gives(RecorderState.class)
            .handledBy(context -> Json.answer(context, state.get())));
  }
}
