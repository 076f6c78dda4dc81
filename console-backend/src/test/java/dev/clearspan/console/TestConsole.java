package dev.clearspan.console;

import static org.awaitility.Awaitility.await;

import dev.clearspan.console.alert.AlertConfig;
import dev.clearspan.console.intake.IntakeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A console on free ports with its own data and environment, and processes for it to see. */
public final class TestConsole implements AutoCloseable {
  public static final String ADMIN_TOKEN = "a-token-for-tests-only";

  private final Path directory;
  private final ConsoleConfig config;
  private final Console console;
  private final Client anonymous;
  private final List<ShopProcess> processes = new ArrayList<>();

  private TestConsole(Path directory, ConsoleConfig config, StoreConfig stores) {
    this.directory = directory;
    this.config = config;
    this.console = Console.start(config, AlertConfig.DEFAULT, stores);
    this.anonymous = new Client(console.url());
  }

  public static TestConsole start() {
    return start(config -> config);
  }

  public static TestConsole start(UnaryOperator<ConsoleConfig> change) {
    return start(change, StoreConfig.DEFAULT);
  }

  static TestConsole start(UnaryOperator<ConsoleConfig> change, StoreConfig stores) {
    try {
      Path directory = Files.createTempDirectory("console-test");
      TestConsole started = new TestConsole(directory, change.apply(config(directory)), stores);
      started.awaitRegistry();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Free ports, the shared etcd, an environment of its own. */
  static ConsoleConfig config(Path directory) {
    return ConsoleConfig.DEFAULT
        .withPort(0)
        .withIntake(IntakeConfig.DEFAULT.withPort(0))
        .withRegistry(SharedEtcd.etcd().endpoint())
        .withEnv(SharedEtcd.freshEnv())
        .withDataDirectory(directory)
        .withAdminToken(ADMIN_TOKEN);
  }

  private void awaitRegistry() {
    await()
        .until(() -> admin().get("/api/v1/system").body().at("/registry/connected").booleanValue());
  }

  public Console console() {
    return console;
  }

  public ConsoleConfig config() {
    return config;
  }

  public Client anonymous() {
    return anonymous;
  }

  public Client admin() {
    return anonymous().withBearer(ADMIN_TOKEN);
  }

  /** A client with a fresh token of this role. */
  Client as(String role) {
    Client.Answer created = admin().post("/api/v1/tokens", "{'name':'test','role':'" + role + "'}");
    return anonymous().withBearer(created.body().get("secret").textValue());
  }

  /** A process of that service with one instance, as the registry sees it. */
  public ShopProcess process(String service, String instance) {
    ShopProcess process = new ShopProcess(config.registry(), config.env(), service, instance);
    processes.add(process);
    return process;
  }

  /** Puts a value as an etcdctl user would. */
  public void etcdctlPut(String key, String value) {
    SharedEtcd.etcd().etcdctl("put", "/clearspan/v1/" + config.env() + "/" + key, value);
  }

  String etcdctlGet(String key) {
    return SharedEtcd.etcd()
        .etcdctl("get", "--print-value-only", "/clearspan/v1/" + config.env() + "/" + key)
        .trim();
  }

  /** All keys under that one with their values, as an etcdctl user sees them. */
  public String etcdctlGetAll(String prefix) {
    return SharedEtcd.etcd()
        .etcdctl("get", "--prefix", "/clearspan/v1/" + config.env() + "/" + prefix);
  }

  @Override
  public void close() {
    processes.forEach(ShopProcess::close);
    console.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
