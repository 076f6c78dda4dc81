package dev.clearspan.examples.shop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Answers that were given, by idempotency key: what makes a retried call safe. Remembers the newest
 * 10,000. Thread-safe.
 */
final class Answers<V> {
  private static final int CAPACITY = 10_000;

  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock. */
  private final Map<String, CompletableFuture<V>> byKey =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompletableFuture<V>> eldest) {
          return size() > CAPACITY;
        }
      };

  /**
   * The answer for the key, computed by the first who asks. Whoever asks meanwhile waits for it; a
   * failure is not remembered.
   */
  V once(String key, Callable<V> computation) throws Exception {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> answer = claim(key, mine);
    if (answer != mine) {
      return await(answer);
    }
    try {
      V value = computation.call();
      mine.complete(value);
      return value;
    } catch (Exception e) {
      forget(key, mine);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  /** The remembered answer. */
  Optional<V> find(String key) {
    lock.lock();
    try {
      return Optional.ofNullable(byKey.get(key))
          .filter(answer -> answer.isDone() && !answer.isCompletedExceptionally())
          .map(CompletableFuture::join);
    } finally {
      lock.unlock();
    }
  }

  private CompletableFuture<V> claim(String key, CompletableFuture<V> mine) {
    lock.lock();
    try {
      CompletableFuture<V> known = byKey.putIfAbsent(key, mine);
      return known == null ? mine : known;
    } finally {
      lock.unlock();
    }
  }

  private void forget(String key, CompletableFuture<V> answer) {
    lock.lock();
    try {
      byKey.remove(key, answer);
    } finally {
      lock.unlock();
    }
  }

  private V await(CompletableFuture<V> answer) throws Exception {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
