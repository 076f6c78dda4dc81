package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calls of a real server through the public API, with a real registry between. */
class InvokeTest {
  private static final String INVOKE = "/api/v1/invoke";

  private static TestConsole console;
  private static ShopServer one;
  private static ShopServer two;
  private static Client operator;

  @BeforeAll
  static void start() {
    console = TestConsole.start();
    // The servers keep no trace by chance, and send what they keep to this console.
    System.setProperty("clearspan.trace.sample.rate", "0");
    System.setProperty(
        "otel.exporter.otlp.endpoint", "http://127.0.0.1:" + console.console().otlpPort());
    one = ShopServer.start(console, "orders", "o-1");
    two = ShopServer.start(console, "orders", "o-2");
    System.clearProperty("clearspan.trace.sample.rate");
    System.clearProperty("otel.exporter.otlp.endpoint");
    operator = console.as("operator");
    await()
        .until(
            () ->
                console
                        .admin()
                        .get("/api/v1/services/orders/descriptors")
                        .body()
                        .at("/versions/0/count")
                        .intValue()
                    == 2);
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
    console.close();
  }

  /** Not so many within a second that they are too many. */
  private static Client.Answer invoke(Client client, String fields) {
    return await()
        .until(
            () -> client.post(INVOKE, "{'service':'orders'," + fields + "}"),
            answer -> answer.status() != 429);
  }

  private static String find(String request) {
    return "'method':'shop.Orders/Find','request':" + request;
  }

  @Test
  void aCallIsAnsweredInJson_withMetadata_attempts_andInstance() {
    Client.Answer made =
        invoke(
            operator,
            find("{'orderId':'7','quantity':3,'speed':'FAST'}")
                + ",'instance':'o-2','metadata':{'tenant':'acme'}");

    assertThat(made.status()).as(made.text()).isEqualTo(200);
    JsonNode body = made.body();
    assertThat(body.at("/status/code").asText()).isEqualTo("OK");
    assertThat(body.at("/responses/0").toString())
        .isEqualTo("{\"orderId\":\"7\",\"quantity\":3,\"speed\":\"FAST\"}");
    assertThat(body.get("instance").asText()).isEqualTo("o-2");
    assertThat(body.get("address").asText()).isEqualTo("127.0.0.1:" + two.port());
    assertThat(body.at("/trailers/0/key").asText()).isEqualTo("seen-tenant");
    assertThat(body.at("/trailers/0/value").asText()).isEqualTo("acme");
    assertThat(body.at("/attempts/0/kind").asText()).isEqualTo("first");
    assertThat(body.get("elapsedMillis").doubleValue()).isPositive();
  }

  @Test
  void itsTraceIsKeptByAll_andSaysWhoCalled() {
    Client.Answer made = invoke(operator, find("{'orderId':'1'}"));
    String trace = "/api/v1/traces/" + made.body().get("traceId").asText();
    await().until(() -> console.admin().get(trace).body().path("spans").size() == 2);
    JsonNode spans = console.admin().get(trace).body().get("spans");
    assertThat(spans)
        .extracting(span -> span.get("service").asText(), span -> span.get("kind").asText())
        .containsExactlyInAnyOrder(tuple("clearspan-console", "CLIENT"), tuple("orders", "SERVER"));
    JsonNode span = spans.get(spans.get(0).get("service").asText().equals("orders") ? 1 : 0);
    assertThat(span.get("service").asText()).isEqualTo("clearspan-console");
    assertThat(span.at("/attributes/rpc.method").asText()).isEqualTo("shop.Orders/Find");
    assertThat(span.at("/attributes/clearspan.invoked_by").asText()).isEqualTo("test");
  }

  @Test
  void whoCalledWhatIsWrittenDown_withoutPayload() {
    Client.Answer made =
        invoke(
            operator,
            find("{'orderId':'secret-order'}") + ",'metadata':{'authorization':'Bearer s3cret'}");
    JsonNode rows =
        console.as("viewer").get("/api/v1/invocations?service=orders&author=test").body();
    assertThat(rows)
        .filteredOn(row -> row.get("number").equals(made.body().get("number")))
        .hasSize(1)
        .allSatisfy(
            row -> {
              assertThat(row.get("method").asText()).isEqualTo("shop.Orders/Find");
              assertThat(row.get("status").asText()).isEqualTo("OK");
              assertThat(row.get("instance")).isEqualTo(made.body().get("instance"));
              assertThat(row.get("traceId")).isEqualTo(made.body().get("traceId"));
            });
    assertThat(rows.toString()).doesNotContain("secret-order", "s3cret");
  }

  @Test
  void aFailureIsAnAnswer_andADeadlineIsKept() {
    JsonNode missing = invoke(operator, find("{'orderId':'missing'}")).body();
    assertThat(missing.at("/status/code").asText()).isEqualTo("NOT_FOUND");
    assertThat(missing.at("/status/origin").asText()).isEqualTo("server");
    assertThat(missing.at("/status/message").asText()).contains("no order 'missing'");

    JsonNode late = invoke(operator, find("{'orderId':'hang'}") + ",'deadlineMillis':200").body();
    assertThat(late.at("/status/code").asText()).isEqualTo("DEADLINE_EXCEEDED");
    assertThat(late.get("elapsedMillis").doubleValue()).isBetween(190.0, 5_000.0);
  }

  @Test
  void streamsAreBounded_andMayBeSent() {
    JsonNode follow =
        invoke(operator, "'method':'shop.Orders/Follow','request':{'quantity':3}").body();
    assertThat(follow.get("responses")).hasSize(3);
    assertThat(follow.get("truncated").isNull()).isTrue();

    JsonNode cut =
        invoke(operator, "'method':'shop.Orders/Follow','request':{'quantity':50},'maxMessages':10")
            .body();
    assertThat(cut.get("responses")).hasSize(10);
    assertThat(cut.get("truncated").asText()).contains("more than 10");

    JsonNode upload =
        invoke(operator, "'method':'shop.Orders/Upload','requests':[{'quantity':1},{'quantity':2}]")
            .body();
    assertThat(upload.at("/responses/0/quantity").intValue()).isEqualTo(2);
  }

  @Test
  void whatIsNotDeclaredIdempotentIsConfirmed() {
    int before = one.handled.get() + two.handled.get();
    Client.Answer unasked = invoke(operator, "'method':'shop.Orders/Place','request':{}");
    assertThat(unasked.status()).isEqualTo(422);
    assertThat(unasked.field()).isEqualTo("confirm");
    assertThat(one.handled.get() + two.handled.get()).isEqualTo(before);
    assertThat(
            invoke(operator, "'method':'shop.Orders/Place','request':{},'confirm':true").status())
        .isEqualTo(200);
  }

  @Test
  void whatIsWrongIsNamed() {
    assertField(find("{'orderId':'1','colour':'red'}"), "request.colour");
    assertField(find("{'quantity':'many'}"), "request.quantity");
    assertField(find("{'parts':[{'quantity':1},{'speed':'WARP'}]}"), "request.parts[1].speed");
    assertField("'method':'shop.Orders/Fnid'", "method");
    assertField("'request':{}", "method");
    assertField(find("{}") + ",'deadlineMillis':60001", "deadlineMillis");
    assertField(find("{}") + ",'deadlineMillis':0", "deadlineMillis");
    assertField(find("{}") + ",'maxMessages':1001", "maxMessages");
    assertField(find("{}") + ",'metadata':{'grpc-timeout':'1S'}", "metadata.grpc-timeout");
    assertField(find("{}") + ",'metadata':{'TraceParent':'x'}", "metadata.TraceParent");
    assertField(find("{}") + ",'metadata':{'a':'b\\r\\nc: d'}", "metadata.a");
    assertField(find("{}") + ",'requests':[{}]", "requests");
    assertField("'method':'shop.Orders/Find','requests':[{},{}]", "requests");
    assertThat(invoke(operator, "'method':'shop.Orders/Folow'").detail())
        .contains("did you mean Follow?");
    assertThat(invoke(operator, find("{}") + ",'instance':'o-9'").detail())
        .contains("no instance 'o-9' of orders (instances: o-1, o-2)");
    Client.Answer unknown =
        operator.post(INVOKE, "{'service':'nothing','method':'a.B/C','request':{}}");
    assertThat(unknown.status()).isIn(404, 429);
  }

  private static void assertField(String fields, String field) {
    Client.Answer refused = invoke(operator, fields);
    assertThat(refused.status()).as(refused.text()).isEqualTo(422);
    assertThat(refused.field()).as(refused.text()).isEqualTo(field);
  }

  @Test
  void viewersAndOperatorsOfOthersMayNot() {
    String request = "{'service':'orders','method':'shop.Orders/Find','request':{}}";
    assertThat(console.as("viewer").post(INVOKE, request).status()).isEqualTo(403);
    Client.Answer token =
        console
            .admin()
            .post("/api/v1/tokens", "{'name':'s','role':'operator','services':['payments']}");
    Client.Answer foreign =
        console.anonymous().withBearer(token.body().get("secret").asText()).post(INVOKE, request);
    assertThat(foreign.status()).isEqualTo(403);
    assertThat(foreign.detail()).contains("payments (expected: orders)");
  }

  @Test
  void hostileAddressesAreNotDialled() {
    String good = console.etcdctlGet("svc/orders/inst/o-1");
    for (String host : List.of("169.254.169.254", "8.8.8.8", "fe80::1", "::ffff:169.254.169.254")) {
      String evil =
          good.replace("\"127.0.0.1\"", "\"" + host + "\"")
              .replace("\"o-1\"", "\"evil\"")
              .replace("\"orders\"", "\"evil\"");
      console.etcdctlPut("svc/evil/inst/evil", evil);
      await()
          .untilAsserted(
              () -> {
                Client.Answer refused =
                    console
                        .as("operator")
                        .post(
                            INVOKE,
                            "{'service':'evil','method':'shop.Orders/Find','instance':'evil'}");
                assertThat(refused.status()).as(refused.text()).isEqualTo(422);
                assertThat(refused.detail())
                    .contains("is none that the console dials")
                    .contains(host.replace("::ffff:", "").replace("fe80::1", "fe80"));
              });
    }
  }

  @Test
  void anInstanceThatIsNotTheOneMeantIsNotCalled() {
    // Another server has taken the address over: HELLO tells.
    String stale =
        console
            .etcdctlGet("svc/orders/inst/o-1")
            .replace("\"o-1\"", "\"stale\"")
            .replaceAll("\"incarnation\":\\s*\"[^\"]*\"", "\"incarnation\":\"0123456789abcdef\"");
    console.etcdctlPut("svc/orders/inst/stale", stale);
    int before = one.handled.get();
    Client.Answer made =
        await()
            .until(
                () -> invoke(operator, find("{}") + ",'instance':'stale','deadlineMillis':1000"),
                answer -> answer.status() == 200);
    assertThat(made.body().at("/status/code").asText()).isNotEqualTo("OK");
    assertThat(one.handled.get()).isEqualTo(before);
    SharedEtcd.etcd()
        .etcdctl("del", "/clearspan/v1/" + console.config().env() + "/svc/orders/inst/stale");
  }

  @Test
  void tooManyAreTold_perCallerAndForAll() throws Exception {
    Client.Answer token =
        console.admin().post("/api/v1/tokens", "{'name':'script','role':'operator'}");
    Client script = console.anonymous().withBearer(token.body().get("secret").asText());
    ExecutorService pool = Executors.newFixedThreadPool(12);
    try {
      List<Future<Client.Answer>> answers = new ArrayList<>();
      String hang =
          "{'service':'orders','method':'shop.Orders/Find','request':{'orderId':'hang'},"
              + "'deadlineMillis':2000}";
      for (int i = 0; i < 12; i++) {
        answers.add(pool.submit(() -> script.post(INVOKE, hang)));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Client.Answer> each : answers) {
        statuses.add(each.get().status());
      }
      assertThat(statuses).contains(200, 429);
      assertThat(statuses.stream().filter(status -> status == 200).count()).isEqualTo(8);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aMethodIsDescribed_withTypesAndASkeleton() {
    JsonNode doc = console.as("viewer").get("/api/v1/services/orders/descriptors").body();
    JsonNode find = doc.at("/services/0/methods/0");
    assertThat(find.get("method").asText()).isEqualTo("shop.Orders/Find");
    assertThat(find.get("shape").asText()).isEqualTo("unary");
    assertThat(find.get("kind").asText()).isEqualTo("QUERY");
    assertThat(find.get("idempotency").asText()).isEqualTo("NO_SIDE_EFFECTS");
    assertThat(find.get("confirm").booleanValue()).isFalse();
    assertThat(find.get("comment").asText()).isEqualTo("Finds an order.");
    assertThat(find.get("skeleton").toString())
        .isEqualTo(
            "{\"orderId\":\"\",\"quantity\":0,\"speed\":\"SLOW\",\"parts\":[],\"card\":\"\"}");
    assertThat(doc.at("/services/0/methods/1/confirm").booleanValue()).isTrue();
    assertThat(doc.at("/services/0/methods/3/deprecated").booleanValue()).isTrue();
    JsonNode fields = doc.path("types").path("shop.Order").path("fields");
    assertThat(fields.at("/1/comment").asText()).isEqualTo("1 to 100.");
    assertThat(fields.at("/2/reference").asText()).isEqualTo("shop.Speed");
    assertThat(fields.at("/4/oneof").asText()).isEqualTo("payment");
    assertThat(doc.path("types").path("shop.Speed").at("/values/1/name").asText())
        .isEqualTo("FAST");
  }

  @Test
  void everySkeletonIsAValidRequest() {
    for (JsonNode method :
        console
            .admin()
            .get("/api/v1/services/orders/descriptors")
            .body()
            .at("/services/0/methods")) {
      Client.Answer made =
          invoke(
              operator,
              "'method':'%s','request':%s,'confirm':true"
                  .formatted(method.get("method").asText(), method.get("skeleton")));
      assertThat(made.status()).as(made.text()).isEqualTo(200);
      assertThat(made.body().get("elapsedMillis").doubleValue())
          .isLessThan(Duration.ofSeconds(5).toMillis());
    }
  }
}
