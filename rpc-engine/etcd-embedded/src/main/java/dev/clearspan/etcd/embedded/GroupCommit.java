package dev.clearspan.etcd.embedded;

import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry's one thread: runs what requests ask for in the order of their arrival, as many as
 * have arrived at once, commits what they have changed together, and only then tells anybody.
 *
 * <p>A request that fails changes nothing. A commit that fails, or a mistake in our own code, ends
 * all service: what is in memory may not be what is in the file, so everything is answered
 * UNAVAILABLE from then on. The queue needs no bound of its own: a call has one request in it at a
 * time, and the calls in flight are bounded. Thread-safe.
 */
final class GroupCommit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int MOST_TOGETHER = 512;
  private static final long STOP_SECONDS = 10;

  private final BlockingQueue<Request<?>> queue = new LinkedBlockingQueue<>();
  private final Rounds rounds;
  private final long tickMillis;
  private final Thread thread;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean stopping;
  private volatile @Nullable Status failed;

  /** What happens around the requests of one round; called by the registry's thread. */
  interface Rounds {
    /** Before the requests, also when there are none; every tick at least. */
    void begin();

    /** Whether so much has changed that it is to be committed before the next request. */
    boolean isEnough();

    /** After them: makes their changes last. */
    void commit();

    /** When those who asked have been told. */
    void end();
  }

  /**
   * Who asked; called by the registry's thread, must not block.
   *
   * @param <R> what was asked for
   */
  interface Answer<R> {
    void done(R result);

    void failed(Status status);
  }

  private GroupCommit(Rounds rounds, long tickMillis) {
    this.rounds = rounds;
    this.tickMillis = tickMillis;
    thread = new Thread(this::run, "clearspan-registry");
    thread.setDaemon(true);
  }

  /** Starts the thread. */
  static GroupCommit start(Rounds rounds, long tickMillis) {
    GroupCommit started = new GroupCommit(rounds, tickMillis);
    started.thread.start();
    return started;
  }

  /**
   * Has the work done.
   *
   * @param work throws {@link RpcException} to refuse; must have changed nothing then
   * @param answer told once the changes last
   */
  <R> void submit(Supplier<R> work, Answer<R> answer) {
    Request<R> request = new Request<>(work, answer);
    queue.add(request);
    if (ended.getCount() == 0 && queue.remove(request)) {
      request.refuse(reason());
    }
  }

  /** Has something done that changes nothing, when all that was asked before has been answered. */
  void afterwards(Runnable action) {
    submit(
        () -> true,
        new Answer<>() {
          @Override
          public void done(Boolean result) {
            action.run();
          }

          @Override
          public void failed(Status status) {
            action.run();
          }
        });
  }

  /** Why nothing works any more; null: it does. */
  @Nullable Status failure() {
    return failed;
  }

  /** Waits until it serves no more: closed, or failed. */
  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /** Finishes what has been submitted, and ends the thread. */
  @Override
  public void close() {
    stopping = true;
    afterwards(() -> {});
    try {
      if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the registry's thread has not ended within {} s", STOP_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!stopping || !queue.isEmpty()) {
        round();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      LOG.error("the registry stops serving: its state may not be what its file holds", e);
      failed =
          Status.of(
              Status.Code.UNAVAILABLE,
              "etcdserver: the registry has failed: " + e + " (see its log, and restart it)");
    } finally {
      ended.countDown();
      refuseRest();
    }
  }

  private void round() throws InterruptedException {
    Request<?> next = queue.poll(tickMillis, TimeUnit.MILLISECONDS);
    Deque<Request<?>> untold = new ArrayDeque<>();
    try {
      rounds.begin();
      while (next != null) {
        untold.add(next);
        next.work();
        next = untold.size() < MOST_TOGETHER && !rounds.isEnough() ? queue.poll() : null;
      }
      rounds.commit();
      while (!untold.isEmpty()) {
        untold.remove().tell();
      }
      rounds.end();
    } catch (RuntimeException | Error e) {
      queue.addAll(untold);
      throw e;
    }
  }

  private void refuseRest() {
    for (Request<?> rest = queue.poll(); rest != null; rest = queue.poll()) {
      rest.refuse(reason());
    }
  }

  private Status reason() {
    Status why = failed;
    return why == null ? Status.of(Status.Code.UNAVAILABLE, "etcdserver: server stopped") : why;
  }

  /** One request. */
  private static final class Request<R> {
    private final Supplier<R> work;
    private final Answer<R> answer;
    private @Nullable R result;
    private @Nullable Status refused;

    Request(Supplier<R> work, Answer<R> answer) {
      this.work = work;
      this.answer = answer;
    }

    void work() {
      try {
        result = work.get();
      } catch (RpcException e) {
        refused = e.status();
      }
    }

    void tell() {
      if (result != null) {
        answer.done(result);
      } else if (refused != null) {
        answer.failed(refused);
      }
    }

    void refuse(Status status) {
      answer.failed(status);
    }
  }
}
