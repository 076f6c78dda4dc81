package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What a console has said it stored: tokens in its own database, a policy in the registry. */
final class AcknowledgedWrites {
  private static final String POLICY = "/api/v1/services/kept/policy";
  private static final int AUDIT_PAGE = 1_000;

  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private final List<String> tokensNow = new CopyOnWriteArrayList<>();
  private final List<String> auditIds = new CopyOnWriteArrayList<>();
  private int policies;
  private volatile long policyRevision;

  int tokens() {
    return tokens.size();
  }

  int policies() {
    return auditIds.size();
  }

  /** Forgets which of the tokens are of this round; all are still looked for. */
  void beginRound() {
    tokensNow.clear();
  }

  void writeToken(Client admin) {
    String name = "token-" + tokens.size();
    Client.Answer answer = admin.post("/api/v1/tokens", "{'name':'" + name + "','role':'viewer'}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    String id = answer.body().get("id").textValue();
    tokens.add(id);
    tokensNow.add(id);
  }

  /** One thread only. */
  void writePolicy(Client admin) {
    String retry = "{'service':{'retry':{'maxAttempts':" + (1 + ++policies % 5) + "}}}";
    Client.Answer answer = admin.ifMatch(currentRevision(admin)).put(POLICY + "?reason=r", retry);
    if (answer.status() == 409) {
      policyRevision = 0; // a change that was killed before it was acknowledged
      return;
    }
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    policyRevision = answer.body().get("revision").longValue();
    auditIds.add(answer.body().get("auditId").textValue());
  }

  private long currentRevision(Client admin) {
    return policyRevision > 0
        ? policyRevision
        : Long.parseLong(admin.get(POLICY).header("ETag").replace("\"", ""));
  }

  void assertAllThere(Client admin) {
    assertThat(texts(admin.get("/api/v1/tokens").body(), "id")).containsAll(tokens);
    assertThat(accountChanges(admin)).containsAll(tokensNow);
    assertChainsWhole(admin);
    assertRulesThere(admin);
  }

  /** Nothing was lost, so nothing may be said to be. */
  private static void assertChainsWhole(Client admin) {
    JsonNode chains = admin.get("/api/v1/audit/verify").body();
    assertThat(chains.at("/rules/verdict").textValue()).as(chains.toString()).isEqualTo("whole");
    assertThat(chains.at("/accounts/whole").booleanValue()).as(chains.toString()).isTrue();
  }

  /** The part that needs none of the console's files. */
  void assertRulesThere(Client admin) {
    assertThat(audited(admin)).containsAll(auditIds);
    assertThat(Long.parseLong(admin.get(POLICY).header("ETag").replace("\"", "")))
        .isGreaterThanOrEqualTo(policyRevision);
  }

  private static Set<String> accountChanges(Client admin) {
    Set<String> ids = new HashSet<>();
    for (JsonNode row : admin.get("/api/v1/account-changes?limit=1000").body()) {
      ids.add(row.get("detail").textValue().replaceFirst(",.*", ""));
    }
    return ids;
  }

  private static Set<String> audited(Client admin) {
    Set<String> ids = new HashSet<>();
    @Nullable String before = null;
    List<String> page;
    do {
      String cursor = before == null ? "" : "&before=" + before;
      page =
          texts(admin.get("/api/v1/audit?service=kept&limit=" + AUDIT_PAGE + cursor).body(), "id");
      ids.addAll(page);
      before = page.isEmpty() ? null : page.get(page.size() - 1);
    } while (page.size() == AUDIT_PAGE);
    return ids;
  }

  private static List<String> texts(JsonNode rows, String field) {
    List<String> texts = new ArrayList<>();
    rows.forEach(row -> texts.add(row.get(field).textValue()));
    return texts;
  }
}
