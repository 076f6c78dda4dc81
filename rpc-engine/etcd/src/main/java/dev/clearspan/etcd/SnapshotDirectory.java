package dev.clearspan.etcd;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots on disk, {@code {directory}/{env}/{service}.snapshot}: one line with format and SHA-256
 * of the rest, then one line of JSON. Written to a temporary file, forced, and renamed, so that a
 * reader sees a whole one or none. Thread-safe. An unusable directory is reported once and
 * otherwise ignored, since the snapshot only matters while etcd is away.
 */
final class SnapshotDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotDirectory.class);
  private static final String FORMAT = "clearspan-snapshot/1 ";
  private static final long MAX_BYTES = 64L * 1024 * 1024;

  private final Path directory;
  private final String writer;
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicBoolean complained = new AtomicBoolean();

  /** {@code writer} tells the temporary files of several processes apart. */
  SnapshotDirectory(Path root, String env, String writer) {
    directory = root.resolve(env);
    this.writer = writer;
  }

  /**
   * Where snapshots go unless told otherwise: system property {@code clearspan.snapshot.dir}, else
   * {@code CLEARSPAN_SNAPSHOT_DIR}, else {@code $XDG_CACHE_HOME/clearspan}, else {@code
   * ~/.cache/clearspan}. Not the temporary directory, where other users could plant files.
   */
  static Path defaultRoot() {
    String property = System.getProperty("clearspan.snapshot.dir");
    if (property != null) {
      return Path.of(property);
    }
    String variable = System.getenv("CLEARSPAN_SNAPSHOT_DIR");
    if (variable != null && !variable.isBlank()) {
      return Path.of(variable);
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    return cache != null && !cache.isBlank()
        ? Path.of(cache, "clearspan")
        : Path.of(System.getProperty("user.home"), ".cache", "clearspan");
  }

  Optional<ServiceSnapshot> read(String service) {
    Path file = file(service);
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("more than " + MAX_BYTES + " bytes");
      }
      return Optional.of(parse(service, Files.readString(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      LOG.warn("ignoring the registry snapshot {}: {}", file, Failures.describe(e));
      return Optional.empty();
    }
  }

  void write(ServiceSnapshot snapshot) {
    Path file = file(snapshot.service());
    writing.lock();
    try {
      Files.createDirectories(directory);
      Path temporary = directory.resolve(snapshot.service() + "." + writer + ".tmp");
      writeForced(temporary, format(snapshot));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      if (complained.compareAndSet(false, true)) {
        LOG.warn("cannot write the registry snapshot {}: {}", file, e.toString());
      }
    } finally {
      writing.unlock();
    }
  }

  private static void writeForced(Path file, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static String format(ServiceSnapshot snapshot) {
    JsonObject values = new JsonObject();
    snapshot.values().forEach(values::addProperty);
    JsonObject body = new JsonObject();
    body.addProperty("service", snapshot.service());
    body.addProperty("revision", snapshot.revision());
    body.add("values", values);
    String json = body.toString();
    return FORMAT + sha256(json) + "\n" + json;
  }

  private static ServiceSnapshot parse(String service, String text) throws IOException {
    int lineEnd = text.indexOf('\n');
    if (!text.startsWith(FORMAT) || lineEnd < 0) {
      throw new IOException("unknown format (expected: " + FORMAT.strip() + ")");
    }
    String json = text.substring(lineEnd + 1);
    if (!text.substring(FORMAT.length(), lineEnd).equals(sha256(json))) {
      throw new IOException("checksum does not match");
    }
    JsonObject body = JsonParser.parseString(json).getAsJsonObject();
    if (!body.get("service").getAsString().equals(service)) {
      throw new IOException("belongs to " + body.get("service"));
    }
    Map<String, String> values = new HashMap<>();
    body.getAsJsonObject("values")
        .entrySet()
        .forEach(entry -> values.put(entry.getKey(), entry.getValue().getAsString()));
    return new ServiceSnapshot(service, body.get("revision").getAsLong(), values);
  }

  static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private Path file(String service) {
    return directory.resolve(service + ".snapshot");
  }
}
