package dev.clearspan.console.grafana;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;

/** Sends each frame back; refuses a path that ends with "refused". */
final class EchoSockets implements WebSocketNegotiator {
  private final List<HttpFields> handshakes = new CopyOnWriteArrayList<>();
  private final List<CoreSession> open = new CopyOnWriteArrayList<>();
  private final BlockingQueue<CloseStatus> closed = new LinkedBlockingQueue<>();

  @Override
  public @Nullable FrameHandler negotiate(
      ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
    handshakes.add(HttpFields.build(request.getHeaders()));
    if (request.getHttpURI().getPath().endsWith("refused")) {
      response.setStatus(403);
      callback.succeeded();
      return null;
    }
    if (!request.getSubProtocols().isEmpty()) {
      response.setAcceptedSubProtocol(request.getSubProtocols().get(0));
    }
    return new Echo();
  }

  List<HttpFields> handshakes() {
    return handshakes;
  }

  List<CoreSession> open() {
    return open;
  }

  BlockingQueue<CloseStatus> closed() {
    return closed;
  }

  private final class Echo implements FrameHandler {
    private @Nullable CoreSession session;

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
      session = opened;
      open.add(opened);
      callback.succeeded();
      opened.demand();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
      CoreSession current = session;
      if (current == null || frame.getOpCode() == OpCode.CLOSE) {
        callback.succeeded();
        return;
      }
      byte opCode = frame.getOpCode() == OpCode.PING ? OpCode.PONG : frame.getOpCode();
      current.sendFrame(
          new Frame(opCode, frame.isFin(), frame.getPayload()),
          Callback.from(
              () -> {
                callback.succeeded();
                current.demand();
              },
              callback::failed),
          false);
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
      callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
      open.remove(session);
      closed.add(status);
      callback.succeeded();
    }
  }
}
