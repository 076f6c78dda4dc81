package dev.clearspan.chaos.world;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Somebody else at etcd: reads and writes keys as etcdctl would, by etcd's JSON gateway, so that
 * what is looked at is not seen through the code under test. Thread-safe.
 */
public final class EtcdGateway {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final List<String> endpoints;
  private final String root;

  EtcdGateway(List<String> endpoints, String env) {
    this.endpoints = List.copyOf(endpoints);
    root = "/clearspan/v1/" + env + "/";
  }

  /** Whether any member answers. */
  public boolean answers() {
    try {
      JsonObject unused = call("/v3/kv/range", range("none"));
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** The keys below the prefix, without it. */
  public Set<String> keys(String prefix) {
    JsonObject asked = range(prefix);
    asked.addProperty("keys_only", true);
    JsonObject answer = call("/v3/kv/range", asked);
    Set<String> keys = new TreeSet<>();
    for (JsonElement each : list(answer, "kvs")) {
      String key = text(each.getAsJsonObject().get("key"));
      keys.add(key.substring(root.length() + prefix.length()));
    }
    return keys;
  }

  /** How many writes the keys below the prefix have seen that are there now. */
  public long writes(String prefix) {
    JsonObject asked = range(prefix);
    asked.addProperty("keys_only", true);
    long writes = 0;
    for (JsonElement each : list(call("/v3/kv/range", asked), "kvs")) {
      writes += each.getAsJsonObject().get("version").getAsLong();
    }
    return writes;
  }

  /** How many writes and deletions etcd has seen, of everybody. */
  public long revision() {
    return call("/v3/kv/range", range("none"))
        .getAsJsonObject("header")
        .get("revision")
        .getAsLong();
  }

  /** Writes a value without a lease. */
  public void put(String key, byte[] value) {
    JsonObject put = new JsonObject();
    put.addProperty("key", base64((root + key).getBytes(StandardCharsets.UTF_8)));
    put.addProperty("value", base64(value));
    JsonObject unused = call("/v3/kv/put", put);
  }

  /** Deletes one key. */
  public void delete(String key) {
    JsonObject deletion = new JsonObject();
    deletion.addProperty("key", base64((root + key).getBytes(StandardCharsets.UTF_8)));
    JsonObject unused = call("/v3/kv/deleterange", deletion);
  }

  /** The size of the first member's database on disk. */
  public long databaseBytes() {
    return call("/v3/maintenance/status", new JsonObject()).get("dbSize").getAsLong();
  }

  private JsonObject range(String prefix) {
    byte[] from = (root + prefix).getBytes(StandardCharsets.UTF_8);
    byte[] to = from.clone();
    to[to.length - 1]++;
    JsonObject range = new JsonObject();
    range.addProperty("key", base64(from));
    range.addProperty("range_end", base64(to));
    return range;
  }

  /** Asks one member after another. */
  private JsonObject call(String path, JsonObject body) {
    List<String> problems = new ArrayList<>();
    for (String endpoint : endpoints) {
      try {
        return call(endpoint, path, body);
      } catch (IOException e) {
        problems.add(endpoint + ": " + e);
      }
    }
    throw new UncheckedIOException(new IOException("no member answers: " + problems));
  }

  private JsonObject call(String endpoint, String path, JsonObject body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint + path))
            .timeout(LIMIT)
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(response.statusCode() + " " + response.body());
      }
      return JsonParser.parseString(response.body()).getAsJsonObject();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Iterable<JsonElement> list(JsonObject answer, String name) {
    JsonElement found = answer.get(name);
    return found == null ? List.of() : found.getAsJsonArray();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String text(JsonElement base64) {
    return new String(Base64.getDecoder().decode(base64.getAsString()), StandardCharsets.UTF_8);
  }
}
