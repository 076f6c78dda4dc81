package dev.clearspan.rpc.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.internal.frame.FrameType;
import dev.clearspan.rpc.internal.frame.ResponseHead;
import dev.clearspan.rpc.server.EchoService;
import dev.clearspan.rpc.server.TestCaller;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients and servers of earlier builds against this one. */
class PreviousBuildTest {
  private static final List<String> ENDS =
      List.of(
          "OK seven",
          "NOT_FOUND",
          "UNIMPLEMENTED",
          "OK " + Conversation.LARGE,
          "DEADLINE_EXCEEDED",
          "CANCELLED",
          "OK ");

  @ParameterizedTest
  @ValueSource(strings = {"0.1.0", "0.1.0-2"})
  void anEarlierClientIsServed(String build) throws Exception {
    Recording recording = Recording.ofBuild(build);
    Frames recorded = new Frames();
    EchoService echo = new EchoService();
    try (RpcServer server = RpcServer.builder("echo").service(echo).start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      Frames answered = new Frames();
      for (Recording.Said part : recording.parts()) {
        if (part.byClient()) {
          readUntil(socket.getInputStream(), answered, responses(recorded).size());
          socket.getOutputStream().write(part.bytes());
        } else {
          recorded.add(part.bytes(), part.bytes().length);
        }
      }
      readUntil(socket.getInputStream(), answered, responses(recorded).size());
      assertThat(responses(answered)).isEqualTo(responses(recorded)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.1.0", "0.1.0-2"})
  void anEarlierServerIsCalled(String build) throws Exception {
    try (ScriptedServer server = ScriptedServer.start(Recording.ofBuild(build));
        TestCaller caller = TestCaller.to(server.port())) {
      assertThat(Conversation.hold(caller)).isEqualTo(ENDS);
    }
  }

  /** So that the recording stays the conversation it is compared with. */
  @Test
  void thisBuildHoldsTheSameConversationWithItself() throws Exception {
    EchoService echo = new EchoService();
    try (RpcServer server = RpcServer.builder("echo").service(echo).start();
        TestCaller caller = TestCaller.to(server.port())) {
      assertThat(Conversation.hold(caller)).isEqualTo(ENDS);
    }
  }

  private static void readUntil(InputStream in, Frames frames, int responses) throws IOException {
    byte[] buffer = new byte[1 << 16];
    while (frames.ofType(FrameType.RESPONSE).size() < responses) {
      int read = in.read(buffer);
      assertThat(read).as("bytes read, %s responses so far", responses(frames).size()).isPositive();
      frames.add(buffer, read);
    }
  }

  /** Stream, status and message of each response. */
  private static List<String> responses(Frames frames) {
    return frames.ofType(FrameType.RESPONSE).stream()
        .map(
            frame -> {
              ByteBuf payload = Unpooled.wrappedBuffer(frame.payload());
              ResponseHead head = ResponseHead.read(payload, frame.flags(), Limits.DEFAULT);
              return frame.streamId()
                  + (" " + head.status().code() + " ")
                  + ByteBufUtil.hexDump(payload);
            })
        .toList();
  }

  /** Answers as the recorded server did: to each request the response of its stream. */
  private static final class ScriptedServer implements AutoCloseable {
    private final ServerSocket door;
    private final Recording recording;

    private ScriptedServer(Recording recording) throws IOException {
      this.recording = recording;
      this.door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    static ScriptedServer start(Recording recording) throws IOException {
      ScriptedServer server = new ScriptedServer(recording);
      Thread thread = new Thread(server::serve, "scripted-server");
      thread.setDaemon(true);
      thread.start();
      return server;
    }

    int port() {
      return door.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      door.close();
    }

    private void serve() {
      try (Socket socket = door.accept()) {
        Frames heard = new Frames();
        byte[] buffer = new byte[1 << 16];
        int said = 0;
        int read;
        while ((read = socket.getInputStream().read(buffer)) > 0) {
          heard.add(buffer, read);
          said = answer(socket, heard.ofType(FrameType.REQUEST).size(), said);
        }
      } catch (IOException e) {
        // The test is over.
      }
    }

    /** Plays what the server said until the client said more than it has said here so far. */
    private int answer(Socket socket, int requests, int from) throws IOException {
      Frames recorded = new Frames();
      for (int i = 0; i < recording.parts().size(); i++) {
        Recording.Said part = recording.parts().get(i);
        if (part.byClient()) {
          recorded.add(part.bytes(), part.bytes().length);
        }
        if (recorded.ofType(FrameType.REQUEST).size() > requests) {
          return Math.max(from, i);
        }
        if (!part.byClient() && i >= from) {
          socket.getOutputStream().write(part.bytes());
        }
      }
      return recording.parts().size();
    }
  }
}
