package dev.clearspan.console.change;

import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.rpc.control.RegistryUnavailableException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for the registry's answer, and says what it means when there is none. */
final class RegistryWait {
  private static final int SECONDS = 3;

  private RegistryWait() {}

  static <T extends @Nullable Object> T on(CompletionStage<T> answer) {
    try {
      return answer.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RegistryUnavailableException unavailable) {
        throw unavailable(String.valueOf(unavailable.getMessage()));
      }
      throw new IllegalStateException("the registry refused the change", e.getCause());
    } catch (TimeoutException e) {
      throw unavailable("no answer within " + SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("the console is stopping");
    }
  }

  private static ProblemException unavailable(String why) {
    return ProblemException.unavailable(
        "The registry cannot be reached: "
            + why
            + ". The change may or may not have been made: look before you repeat it. Until then"
            + " all processes keep the rules they have.");
  }
}
