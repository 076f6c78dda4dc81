package dev.clearspan.rpc.server;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Fails a test class after which Netty's leak detector reports a buffer that nobody released. Found
 * by JUnit for all tests of this module.
 */
public final class NoLeaks implements BeforeAllCallback, AfterAllCallback {
  private static final int COLLECTIONS = 2;
  private static final ConcurrentLinkedQueue<String> REPORTS = new ConcurrentLinkedQueue<>();
  private static final Reports APPENDER = new Reports();

  @Override
  public void beforeAll(ExtensionContext context) {
    listen();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    List<String> leaks = take();
    if (!leaks.isEmpty()) {
      throw new AssertionError(
          leaks.size() + " leaked buffers (expected: none), the first: " + leaks.get(0));
    }
  }

  /** The reports so far; the detector reports what a garbage collection has found. */
  static List<String> take() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      System.runFinalization();
      ByteBufAllocator.DEFAULT.directBuffer(16).release();
      ByteBufAllocator.DEFAULT.heapBuffer(16).release();
    }
    List<String> found = new ArrayList<>();
    String report;
    while ((report = REPORTS.poll()) != null) {
      found.add(report);
    }
    return found;
  }

  private static synchronized void listen() {
    if (!APPENDER.isStarted()) {
      APPENDER.start();
      ((Logger) LoggerFactory.getLogger(ResourceLeakDetector.class)).addAppender(APPENDER);
    }
  }

  private static final class Reports extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      if (event.getFormattedMessage().contains("LEAK")) {
        REPORTS.add(event.getFormattedMessage());
      }
    }
  }
}
