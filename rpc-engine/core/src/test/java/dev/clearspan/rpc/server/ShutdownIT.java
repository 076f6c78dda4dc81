package dev.clearspan.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** SIGTERM: the call in flight is answered, new ones are turned away, the process ends. */
class ShutdownIT {
  @Test
  void sigtermFinishesWhatIsInFlightAndEndsTheProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ShutdownServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        TestCaller caller = TestCaller.to(Integer.parseInt(out.readLine()))) {
      caller.awaitState(ConnectionState.READY);
      TestCaller.Sent sent = caller.send(EchoService.BLOCK, "kept", Duration.ofSeconds(20));
      assertThat(TestCaller.textOf(caller.call(EchoService.ECHO, "before"))).isEqualTo("before");

      process.destroy();

      caller.awaitState(ConnectionState.DRAINING);
      assertThat(caller.call(EchoService.ECHO, "after")).isInstanceOf(AttemptResult.NotSent.class);
      assertThat(TestCaller.textOf(sent.await(Duration.ofSeconds(10)))).isEqualTo("kept");
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
  }
}
