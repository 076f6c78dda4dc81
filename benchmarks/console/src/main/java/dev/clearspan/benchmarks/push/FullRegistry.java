package dev.clearspan.benchmarks.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Services whose instances stand idle, written into an etcd as their processes would write them:
 * each service calls four others. It writes by etcd's JSON gateway. For one thread.
 */
final class FullRegistry {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int BATCH = 100;
  private static final int CALLEES = 4;
  private static final String ROOT = "/clearspan/v1/dev/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI transactions;
  private final int services;
  private final int instances;

  FullRegistry(String endpoint, int services, int instances) {
    this.transactions = URI.create(endpoint + "/v3/kv/txn");
    this.services = services;
    this.instances = instances;
  }

  void fill() throws IOException, InterruptedException {
    Map<String, String> batch = new LinkedHashMap<>();
    for (int i = 0; i < instances; i++) {
      batch.put(instanceKey(i), instance(i, 100));
      batch.put("status/" + process(i), status(i, 1));
      if (batch.size() >= BATCH || i == instances - 1) {
        long unused = put(batch);
        batch.clear();
      }
    }
  }

  /** Gives an instance another weight; tells etcd's revision of that. */
  long change(int instance, int weight) throws IOException, InterruptedException {
    return put(Map.of(instanceKey(instance), instance(instance, weight)));
  }

  /** A process tells anew how it is. */
  void tell(int instance, long number) throws IOException, InterruptedException {
    long unused = put(Map.of("status/" + process(instance), status(instance, number)));
  }

  String id(int instance) {
    return "10.0.%d.%d:9090".formatted(instance >> 8, instance & 255);
  }

  private String service(int instance) {
    return "service-%03d".formatted(instance % services);
  }

  private String instanceKey(int instance) {
    return "svc/" + service(instance) + "/inst/" + id(instance);
  }

  private static String process(int instance) {
    return "%016x".formatted(0x5ca1ab1e00000000L + instance);
  }

  private String instance(int number, int weight) {
    return """
        {"service":"%s","instanceId":"%s","host":"10.0.%d.%d","port":9090,"weight":%d,"zone":"b",\
        "version":"1.4.2","state":"UP","protocols":["clearspan/1","grpc","connect"],\
        "incarnation":"%s","started":"2026-05-04T08:00:00Z"}"""
        .formatted(service(number), id(number), number >> 8, number & 255, weight, process(number));
  }

  private String status(int number, long applied) {
    StringBuilder calls = new StringBuilder();
    for (int i = 1; i <= CALLEES; i++) {
      calls.append(i == 1 ? "" : ",").append('"').append(service(number * 7 + i * 31)).append('"');
    }
    return """
        {"processId":"%s","service":"%s","pid":"4711","host":"node-%d","calls":[%s],"applied":"%d"}"""
        .formatted(process(number), service(number), number % 100, calls, applied);
  }

  private long put(Map<String, String> values) throws IOException, InterruptedException {
    ObjectNode transaction = JSON.createObjectNode();
    ArrayNode operations = transaction.putArray("success");
    values.forEach(
        (key, value) ->
            operations
                .addObject()
                .putObject("requestPut")
                .put("key", base64(ROOT + key))
                .put("value", base64(value)));
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(transactions)
                .timeout(LIMIT)
                .POST(HttpRequest.BodyPublishers.ofString(transaction.toString()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    JsonNode said = JSON.readTree(answer.body());
    if (answer.statusCode() != 200 || !said.path("succeeded").asBoolean()) {
      throw new IOException("etcd: " + answer.statusCode() + " " + answer.body());
    }
    return said.at("/header/revision").asLong();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
