package dev.clearspan.rpc.discovery;

import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Registry;
import dev.clearspan.rpc.control.ControlStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A real registry server for contract tests, in an environment nobody else uses: hands out clients
 * of the implementation under test, reads and writes behind their back, and breaks things. Keys are
 * relative to the environment.
 */
public interface RegistryFixture extends AutoCloseable {
  /** What stands under a key. */
  record Value(String text, long createRevision, long modRevision, long version) {}

  /** A registry for one process, with leases of {@link #leaseTtl}. */
  Registry connect(ProcessIdentity identity, Path snapshots);

  ControlStore controlStore();

  Duration leaseTtl();

  /** Writes a value and returns its revision. */
  long put(String key, byte[] value);

  default long put(String key, String value) {
    return put(key, value.getBytes(StandardCharsets.UTF_8));
  }

  void delete(String key);

  /** Everything below a prefix, by key. */
  Map<String, Value> content(String prefix);

  /** One key's value; empty with version 0 when there is none. */
  default Value value(String key) {
    return content(key).getOrDefault(key, new Value("", 0, 0, 0));
  }

  /** Ends the lease that holds the key, unless it has ended by itself. */
  void endLeaseOf(String key);

  /** Forgets all history. */
  void compact();

  /** Cuts the clients off the server; {@link #heal} lets them back. */
  void cut();

  /** Delays everything between clients and server by this, each way, until {@link #heal}. */
  void slow(Duration delay);

  void heal();

  /** Ends the server without warning; {@link #restart} starts it again with its data. */
  void kill();

  /** Returns when the server answers. */
  void restart();

  /** Stops the server in its tracks; {@link #thaw} lets it go on. */
  void freeze();

  void thaw();

  @Override
  void close();
}
