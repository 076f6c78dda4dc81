package dev.clearspan.rpc.internal.tls;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** The log lines of a package while a test runs. */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;

  public LogLines(String packageName) {
    logger = (Logger) LoggerFactory.getLogger(packageName);
    start();
    logger.addAppender(this);
  }

  /** Waits for a line with all these words. */
  public void await(String... words) {
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .conditionEvaluationListener(null)
        .until(
            () -> lines.stream().anyMatch(line -> Arrays.stream(words).allMatch(line::contains)));
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(event.getFormattedMessage());
  }

  @Override
  public void close() {
    logger.detachAppender(this);
  }
}
