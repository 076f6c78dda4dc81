package dev.clearspan.rpc.compat;

import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.server.EchoService;
import dev.clearspan.rpc.server.TestCaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Records the conversation between this build's own client and server. For releases. */
final class Recorder {
  private final List<Recording.Said> parts = Collections.synchronizedList(new ArrayList<>());

  private Recorder() {}

  /** Writes the recording into the file named by the first argument. */
  public static void main(String[] args) throws Exception {
    Recorder recorder = new Recorder();
    EchoService echo = new EchoService();
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RpcServer server = RpcServer.builder("echo").service(echo).start();
        TestCaller caller = TestCaller.to(door.getLocalPort());
        Socket client = door.accept();
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      recorder.pass(client.getInputStream(), upstream.getOutputStream(), true);
      recorder.pass(upstream.getInputStream(), client.getOutputStream(), false);
      Conversation.hold(caller).forEach(end -> System.out.println(shown(end)));
    }
    new Recording(List.copyOf(recorder.parts)).write(Path.of(args[0]));
    System.exit(0);
  }

  private static String shown(String end) {
    return end.length() > 40 ? end.substring(0, 40) + "..." : end;
  }

  private void pass(InputStream from, OutputStream to, boolean byClient) {
    Thread thread =
        new Thread(
            () -> {
              byte[] buffer = new byte[1 << 16];
              try {
                int read;
                while ((read = from.read(buffer)) > 0) {
                  parts.add(new Recording.Said(byClient, Arrays.copyOf(buffer, read)));
                  to.write(buffer, 0, read);
                }
              } catch (IOException e) {
                // The conversation is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
