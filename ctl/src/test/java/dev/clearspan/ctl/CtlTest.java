package dev.clearspan.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.ShopProcess;
import dev.clearspan.console.ShopServer;
import dev.clearspan.console.TestConsole;
import dev.clearspan.protocol.OptionsProto;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands against a real console over HTTP, with a real registry behind it. */
class CtlTest {
  private static final String NEXT =
      """
      syntax = "proto3";
      package shop;
      import "clearspan/options.proto";
      message Order {
        string order_id = 1;
        string quantity = 2;
        Speed speed = 3;
        repeated Order parts = 4;
        oneof payment { string card = 5; string iban = 6; }
      }
      enum Speed { SLOW = 0; FAST = 1; }
      service Orders {
        rpc Find(Order) returns (Order) {
          option (clearspan.kind) = QUERY;
          option idempotency_level = NO_SIDE_EFFECTS;
        }
        rpc Follow(Order) returns (stream Order) { option idempotency_level = NO_SIDE_EFFECTS; }
        rpc Upload(stream Order) returns (Order) { option idempotency_level = IDEMPOTENT; }
      }
      """;

  private static TestConsole console;
  private static ShopProcess storefront;

  @TempDir private Path home;

  private final Map<String, String> environment = new HashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String typed = "";

  @BeforeAll
  static void start() {
    console = TestConsole.start();
    console.process("orders", "o-1").serve().obey();
    storefront = console.process("storefront", "s-1").call("orders");
    await()
        .until(
            () ->
                console.admin().get("/api/v1/services/orders").body().path("callers").size() == 1);
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @Test
  void servicesAndInstancesAreTables() {
    asAdmin();
    assertThat(ctl("get", "services")).isZero();
    assertThat(out.toString()).startsWith("SERVICE").contains("orders").contains("storefront");
    assertThat(ctl("get", "instances", "orders")).isZero();
    assertThat(out.toString()).contains("o-1").contains("up");
  }

  @Test
  void jsonIsWhatTheApiSaid() throws IOException {
    asAdmin();
    assertThat(ctl("get", "instances", "orders", "-o", "json")).isZero();
    JsonNode instances = Ctl.json().readTree(out.toString());
    assertThat(instances.get(0).path("id").asText()).isEqualTo("o-1");
  }

  @Test
  void theTopologyIsShownAsItIs_andAsItWasAtAMomentThatIsListed() {
    asAdmin();
    assertThat(ctl("get", "topology")).isZero();
    assertThat(out.toString()).startsWith("CALLER").containsPattern("storefront +orders");
    await()
        .untilAsserted(
            () -> {
              assertThat(ctl("get", "topology-history")).isZero();
              assertThat(out.toString()).containsPattern("\\n *20\\d\\d-");
            });
    String at = out.toString().lines().skip(1).findFirst().orElseThrow().strip().split(" ")[0];
    assertThat(ctl("get", "topology", "--at", at)).as(err.toString()).isZero();
    assertThat(ctl("get", "topology", "--at", "2020-01-01T00:00:00Z")).isEqualTo(1);
    assertThat(err.toString()).contains("the oldest moment kept is " + at);
  }

  @Test
  void aWeightIsSetAndAcknowledgedAndLifted() {
    asAdmin();
    assertThat(ctl("weight", "orders", "o-1", "40", "--reason", "slow disk")).isZero();
    assertThat(out.toString()).startsWith("revision ");
    assertThat(ctl("acks", "orders", "--wait", "--timeout", "30")).as(err.toString()).isZero();
    assertThat(out.toString()).contains(storefront.processId()).contains("applied");
    assertThat(ctl("get", "instances", "orders")).isZero();
    assertThat(out.toString()).contains("40");
    assertThat(ctl("restore", "orders", "o-1", "--reason", "new disk")).isZero();
    assertThat(ctl("get", "audit", "--service", "orders")).isZero();
    assertThat(out.toString()).contains("slow disk").contains("new disk");
  }

  @Test
  void aPolicyIsAppliedByCompareAndSet() throws IOException {
    asAdmin();
    ShopProcess ledger = console.process("ledger", "l-1").serve();
    await().until(() -> console.admin().get("/api/v1/services/ledger").status() == 200);
    Path file = home.resolve("ledger.json");
    Files.writeString(file, "{\"service\":{\"deadline\":{\"timeout\":\"2s\"}}}");
    assertThat(ctl("policy", "apply", "ledger", "-f", file.toString(), "--reason", "slow"))
        .as(err.toString())
        .isZero();
    Files.writeString(file, "{\"service\":{\"deadline\":{\"timeout\":\"4s\"}}}");

    int late =
        ctl("policy", "apply", "ledger", "-f", file.toString(), "--reason", "x", "--revision", "1");

    assertThat(late).isEqualTo(1);
    assertThat(err.toString()).contains("Somebody was faster").contains("4s").contains("2s");
    assertThat(ctl("policy", "versions", "ledger")).isZero();
    assertThat(out.toString()).contains("slow");
    assertThat(
            ctl(
                "policy",
                "apply",
                "ledger",
                "-f",
                file.toString(),
                "--reason",
                "try four",
                "--guard-errors",
                "0.05",
                "--guard-for",
                "300s"))
        .as(err.toString())
        .isZero();
    await().until(() -> ctl("policy", "trial", "ledger") == 0);
    assertThat(out.toString()).contains("5.0%").contains("at least 20");
    assertThat(ctl("policy", "revert", "ledger", "--reason", "enough")).isZero();
    await().until(() -> ctl("policy", "trial", "ledger") != 0);
    assertThat(ctl("policy", "get", "ledger")).isZero();
    assertThat(out.toString()).contains("2s").doesNotContain("guard");
    ledger.close();
  }

  @Test
  void rulesGoToFilesAndComeBack() throws IOException {
    asAdmin();
    ShopProcess shipping = console.process("shipping", "h-1").serve();
    await().until(() -> console.admin().get("/api/v1/services/shipping").status() == 200);
    Path file = home.resolve("first.json");
    Files.writeString(file, "{\"service\":{\"deadline\":{\"timeout\":\"1.500s\"}}}");
    ctl("policy", "apply", "shipping", "-f", file.toString(), "--reason", "first");
    Path rules = home.resolve("rules");
    await()
        .untilAsserted(
            () -> {
              assertThat(ctl("export", rules.toString())).isZero();
              assertThat(rules.resolve("shipping.policy.json")).content().contains("1.500s");
            });
    assertThat(ctl("import", rules.toString(), "--yes")).isZero();
    assertThat(err.toString()).contains("0 policies changed");
    Files.writeString(rules.resolve("shipping.policy.json"), "{}");
    assertThat(ctl("import", rules.toString())).isZero();
    assertThat(err.toString()).contains("-").contains("1.500s").contains("1 policies differ");
    assertThat(ctl("import", rules.toString(), "--yes")).isZero();
    assertThat(ctl("policy", "get", "shipping")).isZero();
    assertThat(out.toString()).doesNotContain("1.500s");
    shipping.close();
  }

  @Test
  void aMethodIsInvoked_byItsShortName_withAnAnswerOnStandardOutput() throws IOException {
    asAdmin();
    try (ShopServer server = ShopServer.start(console, "shop", "s-1")) {
      await().until(() -> ctl("get", "api", "shop") == 0);
      assertThat(out.toString()).contains("shop.Orders/Find").contains("NO_SIDE_EFFECTS");
      int found = ctl("invoke", "shop", "Find", "-d", "{\"orderId\":\"7\"}", "-m", "tenant=acme");
      assertThat(found).as(err.toString()).isZero();
      assertThat(Ctl.json().readTree(out.toString()).path("orderId").asText()).isEqualTo("7");
      assertThat(err.toString()).startsWith("OK in ").contains(" on s-1").contains("ctl trace ");
      assertThat(ctl("invoke", "shop", "Find", "-d", "{\"orderId\":\"missing\"}")).isEqualTo(1);
      assertThat(err.toString()).startsWith("NOT_FOUND: no order");
      Path file = home.resolve("order.json");
      Files.writeString(file, "{\"orderId\":\"8\"}");
      assertThat(ctl("invoke", "shop", "shop.Orders/Place", "-d", "@" + file)).isEqualTo(1);
      assertThat(err.toString()).contains("confirm: missing");
      assertThat(ctl("invoke", "shop", "Place", "-d", "@" + file, "--yes", "--deadline", "900ms"))
          .as(err.toString())
          .isZero();
      assertThat(ctl("invoke", "shop", "Find", "-d", "no json")).isEqualTo(2);
      assertThat(ctl("invoke", "shop", "Fnid")).isEqualTo(2);
      assertThat(err.toString()).contains("no method of that name");
      assertThat(ctl("get", "invocations", "--service", "shop")).isZero();
      assertThat(out.toString()).contains("shop.Orders/Place").contains("NOT_FOUND");
      assertThat(server.handled.get()).isEqualTo(3);
    }
  }

  @Test
  void aCandidateIsComparedWithWhatIsLive_andWithAFile() throws IOException {
    asAdmin();
    try (ShopServer server = ShopServer.start(console, "checked", "c-1")) {
      assertThat(server.handled.get()).isZero();
      Path released = home.resolve("released.binpb");
      await().until(() -> ctl("contract", "save", "checked", "-f", released.toString()) == 0);
      assertThat(ctl("get", "contract", "checked")).isZero();
      assertThat(out.toString()).contains("c-1").contains("All fits.");

      assertThat(ctl("contract", "check", "--service", "checked", released.toString()))
          .as(err.toString())
          .isZero();
      assertThat(out.toString()).contains("checked, live").contains("compatible");

      Path next = home.resolve("src/shop/orders.proto");
      Files.createDirectories(next.getParent());
      Files.writeString(next, NEXT);
      int breaking =
          ctl(
              "contract",
              "check",
              "--service",
              "checked",
              next.toString(),
              "--against",
              released.toString());
      assertThat(breaking).as(err.toString()).isEqualTo(1);
      assertThat(out.toString())
          .contains("shop/orders.proto:6: WIRE FIELD_TYPE shop.Order.quantity: int32, now string")
          .contains("METHOD_REMOVED shop.Orders/Place")
          .contains("methods shop.Orders/Find")
          .contains("NOT COMPATIBLE");
      assertThat(ctl("contract", "check", next.toString(), "--service", "checked", "-o", "json"))
          .isEqualTo(1);
      JsonNode answer = Ctl.json().readTree(out.toString());
      assertThat(answer.path("breaking").asBoolean()).isTrue();
      assertThat(answer.at("/comparisons/0/differences/0/level").asText()).isEqualTo("wire");
    }
  }

  @Test
  void aContractIsCheckedWithoutAConsole() throws IOException {
    environment.put("CLEARSPAN_CONSOLE", "http://127.0.0.1:1");
    Path old = home.resolve("old/shop/orders.proto");
    Path next = home.resolve("next/shop/orders.proto");
    for (Path file : new Path[] {old, next}) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, NEXT);
    }
    assertThat(ctl("contract", "check", next.toString(), "--against", old.toString()))
        .as(err.toString())
        .isZero();
    Files.writeString(
        next, NEXT.replace("string order_id = 1;", "reserved 1; reserved \"order_id\";"));
    assertThat(
            ctl("contract", "check", home.resolve("next").toString(), "--against", old.toString()))
        .as(out.toString())
        .isZero();
    Files.writeString(next, NEXT.replace("order_id = 1", "order_id = 9"));
    assertThat(ctl("contract", "check", next.toString(), "--against", old.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("number 1, now 9");

    Files.writeString(next, "syntax = nothing");
    assertThat(ctl("contract", "check", next.toString(), "--against", old.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("protoc refuses them").contains("orders.proto:1");
    assertThat(ctl("contract", "check", next.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("nothing to compare with");
    assertThat(ctl("contract", "check", "--against", "none", "none")).isEqualTo(2);
    assertThat(ctl("contract", "check", "--service", "orders", old.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("no answer");
  }

  @Test
  void generatedClassesAreACandidate() throws Exception {
    environment.put("CLEARSPAN_CONSOLE", "http://127.0.0.1:1");
    Path jar =
        Path.of(OptionsProto.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assertThat(ctl("contract", "check", jar.toString(), "--against", jar.toString()))
        .as(err.toString())
        .isZero();
    assertThat(ctl("contract", "check", home.toString(), "--against", jar.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("no generated classes");
  }

  @Test
  void anAlertRuleIsApplied_goesToAFile_comesBack_andIsDeleted() throws IOException {
    asAdmin();
    Path file = home.resolve("rule.json");
    Files.writeString(
        file,
        "{\"kind\":\"latency_p99\",\"target\":{\"service\":\"orders\"},"
            + "\"condition\":{\"threshold\":250}}");
    String path = file.toString();
    assertThat(ctl("alert-rule", "preview", "-f", path)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("service=orders");
    assertThat(ctl("alert-rule", "apply", "orders-slow", "-f", path, "--reason", "slow"))
        .as(err.toString())
        .isZero();
    Path rules = home.resolve("alerts");
    await()
        .untilAsserted(
            () -> {
              assertThat(ctl("export", rules.toString())).isZero();
              assertThat(rules.resolve("orders-slow.alert.json")).content().contains("250");
            });
    assertThat(ctl("get", "alert-rules")).isZero();
    assertThat(out.toString()).contains("orders-slow").contains("service-errors");
    assertThat(ctl("import", rules.toString(), "--yes")).as(err.toString()).isZero();
    assertThat(err.toString()).contains("0 alert rules changed");
    assertThat(ctl("alert-rule", "delete", "orders-slow", "--reason", "fast")).isZero();
    await().untilAsserted(() -> assertThat(ctl("alert-rule", "get", "orders-slow")).isEqualTo(1));
    assertThat(ctl("import", rules.toString(), "--yes")).as(err.toString()).isZero();
    assertThat(err.toString()).contains("1 alert rules changed");
    assertThat(ctl("get", "alerts", "-o", "json")).isZero();
    assertThat(Ctl.json().readTree(out.toString()).path("alerts").isArray()).isTrue();
  }

  @Test
  void alertsAreSilencedForATime() {
    asAdmin();
    assertThat(ctl("silence", "add", "--service", "orders", "--for", "2h", "--reason", "known"))
        .as(err.toString())
        .isZero();
    await()
        .untilAsserted(
            () -> {
              assertThat(ctl("silence", "list")).isZero();
              assertThat(out.toString()).contains("known");
            });
    String id = out.toString().lines().skip(1).findFirst().orElseThrow().split(" ")[0];
    assertThat(ctl("silence", "end", id, "--reason", "over")).as(err.toString()).isZero();
    await()
        .untilAsserted(
            () -> {
              assertThat(ctl("silence", "list")).isZero();
              assertThat(out.toString()).doesNotContain("known");
            });
  }

  @Test
  void breakersAreForcedForATimeAndGivenBack() {
    asAdmin();
    int forced =
        ctl(
            "breaker",
            "force",
            "orders",
            "open",
            "--caller",
            "storefront",
            "--ttl",
            "10m",
            "--reason",
            "bad deploy");
    assertThat(forced).as(err.toString()).isZero();
    await()
        .untilAsserted(
            () -> {
              assertThat(ctl("breaker", "list")).isZero();
              assertThat(out.toString()).contains("OPEN").contains("bad deploy");
            });
    assertThat(
            ctl("breaker", "force", "orders", "auto", "--caller", "storefront", "--reason", "ok"))
        .isZero();
  }

  @Test
  void aTokenSignsInAndIsKeptForItsOwnerOnly() throws IOException {
    typed = TestConsole.ADMIN_TOKEN;
    assertThat(ctl("login")).as(err.toString()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(signIn())))
        .isEqualTo("rw-------");
    environment.remove("CLEARSPAN_CONSOLE");
    assertThat(ctl("whoami")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("admin");
    assertThat(ctl("logout")).isZero();
    assertThat(signIn()).doesNotExist();
  }

  @Test
  void aUserSignsInByPasswordAndChangesThings() {
    asAdmin();
    typed = "a long enough password";
    assertThat(ctl("user", "add", "ada", "--role", "operator")).as(err.toString()).isZero();
    environment.remove("CLEARSPAN_TOKEN");
    assertThat(ctl("login", "--user", "ada")).as(err.toString()).isZero();
    assertThat(ctl("weight", "orders", "o-1", "50", "--reason", "by password"))
        .as(err.toString())
        .isZero();
    assertThat(ctl("user", "list")).isEqualTo(1);
    assertThat(err.toString()).contains("operator").contains("admin");
    assertThat(ctl("logout")).isZero();
    assertThat(ctl("whoami")).isEqualTo(1);
    assertThat(err.toString()).contains("clearspan ctl login");
  }

  @Test
  void errorsSayWhatWasWrong() {
    asAdmin();
    assertThat(ctl("get", "service", "no-such")).isEqualTo(1);
    assertThat(err.toString()).contains("no-such");
    assertThat(ctl("weight", "orders", "o-1", "20000", "--reason", "x")).isEqualTo(1);
    assertThat(err.toString()).contains("weight").contains("10000");
    assertThat(ctl("weight", "orders")).isEqualTo(2);
    assertThat(ctl("weight", "orders", "o-1", "1", "--reason", "x", "--ttl", "soon")).isEqualTo(2);
    assertThat(err.toString()).contains("'soon'");
    environment.put("CLEARSPAN_CONSOLE", "http://127.0.0.1:1");
    assertThat(ctl("get", "services")).isEqualTo(1);
    assertThat(err.toString()).contains("127.0.0.1:1: no answer");
  }

  @Test
  void everyCommandExplainsItself() {
    var line = Ctl.commandLine(terminal());
    line.getSubcommands()
        .forEach(
            (name, command) ->
                assertThat(command.getCommandSpec().usageMessage().description())
                    .as(name)
                    .isNotEmpty());
    assertThat(ctl("apply", "--help")).isZero();
    assertThat(out.toString()).contains("--dry-run").contains("--console");
  }

  private Path signIn() {
    return home.resolve(".config/clearspan/ctl.json");
  }

  private void asAdmin() {
    environment.put("CLEARSPAN_TOKEN", TestConsole.ADMIN_TOKEN);
  }

  @Test
  void auditIsVerified_exported_andABreakIsTheExitCode() {
    try (TestConsole own = TestConsole.start()) {
      environment.put("CLEARSPAN_CONSOLE", own.console().url().toString());
      environment.put("CLEARSPAN_TOKEN", TestConsole.ADMIN_TOKEN);
      own.process("orders", "o-1").serve();
      assertThat(ctl("weight", "orders", "o-1", "40", "--reason", "slow disk")).isZero();
      await().until(() -> ctl("audit", "verify") == 0 && out.toString().contains("whole"));
      assertThat(ctl("audit", "export")).isZero();
      assertThat(out.toString()).contains("slow disk").contains("\"position\"");
      String id = own.admin().get("/api/v1/audit").body().get(0).path("id").asText();
      own.etcdctlPut("audit/" + id, "{'id':'" + id + "'}".replace('\'', '"'));
      await().until(() -> ctl("audit", "verify") == 1);
      assertThat(out.toString()).contains("altered").contains(id);
      assertThat(ctl("audit", "accept", "--reason", "tested")).isZero();
      assertThat(ctl("audit", "verify")).isZero();
    }
  }

  private int ctl(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Ctl.run(terminal(), args);
  }

  private Terminal terminal() {
    environment.putIfAbsent("CLEARSPAN_CONSOLE", console.console().url().toString());
    return new Terminal(
        new PrintWriter(out, true), new PrintWriter(err, true), environment, home, prompt -> typed);
  }
}
