package dev.clearspan.console.grafana;

import dev.clearspan.console.identity.ActiveSession;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * Two WebSockets, the browser's and Grafana's, whose frames go from one to the other. A frame is
 * asked for when the one before is written, so that one frame per direction is held.
 */
final class SocketBridge {
  private final ActiveSession session;
  private final Instant openedAt;
  private final Runnable whenClosed;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Side browser = new Side();
  private final Side grafana = new Side();

  /**
   * @param whenClosed run once, when either side is gone
   */
  SocketBridge(ActiveSession session, Instant openedAt, Runnable whenClosed) {
    this.session = session;
    this.openedAt = openedAt;
    this.whenClosed = whenClosed;
  }

  ActiveSession session() {
    return session;
  }

  Instant openedAt() {
    return openedAt;
  }

  boolean isOpen() {
    return open.get() == 2;
  }

  FrameHandler browserSide() {
    return browser;
  }

  FrameHandler grafanaSide() {
    return grafana;
  }

  /** Closes both sides; the browser is told why. */
  void close(int code, String reason) {
    browser.close(code, reason);
    grafana.close(CloseStatus.SHUTDOWN, "");
    gone();
  }

  private void gone() {
    if (closed.compareAndSet(false, true)) {
      whenClosed.run();
    }
  }

  /** One end; Jetty calls it with one event after the other. */
  private final class Side implements FrameHandler {
    private volatile @Nullable CoreSession socket;

    private Side other() {
      return this == browser ? grafana : browser;
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
      socket = opened;
      callback.succeeded();
      if (open.incrementAndGet() == 2) {
        demand();
        other().demand();
      }
    }

    private void demand() {
      CoreSession current = socket;
      if (current != null) {
        current.demand();
      }
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
      CoreSession target = other().socket;
      if (frame.getOpCode() == OpCode.CLOSE) {
        CloseStatus status = CloseStatus.getCloseStatus(frame);
        other().close(status.getCode(), status.getReason());
        callback.succeeded();
      } else if (target == null) {
        callback.failed(new IllegalStateException("the other side is not open"));
      } else {
        Frame copy = new Frame(frame.getOpCode(), frame.isFin(), frame.getPayload());
        target.sendFrame(copy, Callback.from(() -> written(callback), callback::failed), false);
      }
    }

    private void written(Callback callback) {
      callback.succeeded();
      demand();
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
      other().close(CloseStatus.SHUTDOWN, "");
      callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
      other().close(status.getCode(), status.getReason());
      callback.succeeded();
      gone();
    }

    private void close(int code, @Nullable String reason) {
      CoreSession current = socket;
      if (current == null || !current.isOutputOpen()) {
        return;
      }
      if (CloseStatus.isTransmittableStatusCode(code)) {
        current.close(code, reason, Callback.NOOP);
      } else {
        current.close(CloseStatus.SHUTDOWN, "", Callback.NOOP);
      }
    }
  }
}
