package dev.clearspan.console.descriptor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.RegistryKey;
import dev.clearspan.console.web.Json;
import dev.clearspan.rpc.control.ControlStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads descriptor sets from the registry when they are asked for, and keeps the last used ones, up
 * to {@value #MOST_BYTES} bytes of them. What is stored under a hash is used only if it has that
 * hash. Thread-safe.
 */
public final class DescriptorLibrary {
  static final int MOST_BYTES = 16 * 1024 * 1024;

  private static final int WAIT_SECONDS = 3;

  private final ControlStore store;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock; the least recently used first.
  private final LinkedHashMap<String, DescriptorSet> kept = new LinkedHashMap<>(16, 0.75f, true);
  private int keptBytes;

  public DescriptorLibrary(ControlStore store) {
    this.store = store;
  }

  /**
   * The set with this hash; waits for the registry up to 3 s unless it is kept.
   *
   * @throws UnusableDescriptorsException if there is none, or none that can be used
   * @throws ProblemException 503 if the registry does not answer
   */
  DescriptorSet find(String hash) throws UnusableDescriptorsException {
    DescriptorSet known = kept(hash);
    if (known != null) {
      return known;
    }
    RegistryKey key = new RegistryKey.DescriptorKey(hash);
    String json = read(key);
    if (json == null) {
      throw new UnusableDescriptorsException("the registry has no " + key.text());
    }
    if (json.length() > key.maxBytes()) {
      throw new UnusableDescriptorsException(
          json.length() + " bytes (expected: at most " + key.maxBytes() + ")");
    }
    DescriptorSet read = parse(hash, json);
    keep(read);
    return read;
  }

  private static DescriptorSet parse(String hash, String json) throws UnusableDescriptorsException {
    JsonNode encoded = Json.lenient(json).path("descriptorSet");
    try {
      byte[] bytes = Base64.getDecoder().decode(encoded.asText());
      String found = HexFormat.of().formatHex(sha256(bytes));
      if (!found.equals(hash)) {
        throw new UnusableDescriptorsException(
            "what is stored has the SHA-256 " + found + " (expected: that of its key)");
      }
      return DescriptorSet.parse(hash, bytes);
    } catch (IllegalArgumentException e) {
      throw new UnusableDescriptorsException(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable DescriptorSet kept(String hash) {
    lock.lock();
    try {
      return kept.get(hash);
    } finally {
      lock.unlock();
    }
  }

  private void keep(DescriptorSet set) {
    lock.lock();
    try {
      if (kept.put(set.hash(), set) == null) {
        keptBytes += set.size();
      }
      Iterator<Map.Entry<String, DescriptorSet>> oldest = kept.entrySet().iterator();
      while (keptBytes > MOST_BYTES && oldest.hasNext()) {
        keptBytes -= oldest.next().getValue().size();
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable String read(RegistryKey key) {
    try {
      ControlStore.Entry entry =
          store.read(key.text()).toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
      return entry == null ? null : entry.value();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("the console is stopping");
    } catch (ExecutionException | TimeoutException e) {
      throw unavailable(e.getCause() == null ? "no answer" : e.getCause().getMessage());
    }
  }

  private static ProblemException unavailable(@Nullable String why) {
    return ProblemException.unavailable(
        "The registry cannot be reached for the service's descriptors: " + why);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
