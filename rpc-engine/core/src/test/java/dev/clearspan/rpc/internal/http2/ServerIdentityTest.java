package dev.clearspan.rpc.internal.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.server.EchoService;
import dev.clearspan.rpc.server.TestCaller;
import io.netty.handler.codec.http2.Http2Settings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A server of ours says in SETTINGS who it is, so that a reused address is noticed. */
class ServerIdentityTest {
  @Test
  void theServerThatIsMeantIsReadyAndKnownAsOurs() throws Exception {
    try (RpcServer server = RpcServer.builder("echo").service(new EchoService()).start();
        TestCaller caller = TestCaller.overGrpc(address(server, server.identity()))) {
      assertThat(TestCaller.textOf(caller.call(EchoService.ECHO, "7"))).isEqualTo("7");
    }
  }

  @Test
  void anotherIncarnationIsNoticedBeforeACallIsSent() throws Exception {
    EchoService echo = new EchoService();
    try (RpcServer server = RpcServer.builder("echo").service(echo).start()) {
      ProcessIdentity gone =
          ProcessIdentity.of("echo").withInstanceId(server.identity().instanceId());
      try (TestCaller caller = TestCaller.overGrpc(address(server, gone))) {
        TestCaller.Sent sent = caller.send(EchoService.ECHO, "7", Duration.ofSeconds(20));
        AttemptResult<?> result = sent.await(Duration.ofSeconds(20));

        assertThat(result).isInstanceOf(AttemptResult.NotSent.class);
        assertThat(result.status().message())
            .contains("another server at 127.0.0.1", "incarnation", gone.processId());
      }
    }
    assertThat(echo.handled).hasValue(0);
  }

  @Test
  void aServerThatTellsNothingIsTakenAsItIs() {
    try (ScriptedServer foreign = ScriptedServer.answering(request -> {});
        TestCaller caller =
            TestCaller.overGrpc(
                new EndpointAddress("echo", "a", "b", "127.0.0.1", foreign.port()))) {
      caller.awaitState(ConnectionState.READY);
    }
  }

  @Test
  void whatIsWrittenIsReadAsTheSame() {
    ServerIdentity identity = ServerIdentity.of(ProcessIdentity.of("orders"));
    assertThat(ServerIdentity.read(identity.write(new Http2Settings()))).isEqualTo(identity);
  }

  private static EndpointAddress address(RpcServer server, ProcessIdentity meant) {
    return new EndpointAddress(
        meant.service(), meant.instanceId(), meant.processId(), "127.0.0.1", server.port());
  }
}
