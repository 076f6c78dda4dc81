package dev.clearspan.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.FakeControlStore;
import dev.clearspan.console.MutableClock;
import dev.clearspan.console.audit.AuditChainState.Verdict;
import dev.clearspan.console.chain.ChainBreak;
import dev.clearspan.console.chain.HashChain;
import dev.clearspan.console.identity.Identity;
import dev.clearspan.rpc.control.ControlStore.Entry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditChainTest {
  @TempDir Path directory;

  private final List<Entry> registry = new ArrayList<>();
  private FakeControlStore store = new FakeControlStore();
  private Identity identity;
  private AuditChain chain;

  @BeforeEach
  void start() {
    store = new FakeControlStore();
    identity = Identity.open(directory, null, new MutableClock());
    chain = new AuditChain(store, identity.auditIndex("test"), new MutableClock());
    store.reset(registry.toArray(Entry[]::new));
  }

  @AfterEach
  void stop() {
    chain.close();
    identity.close();
  }

  private void restart() {
    stop();
    start();
  }

  /** A row as a console writes it. */
  private static String value(String id) {
    return "{\"id\":\"" + id + "\",\"author\":\"ada\",\"reason\":\"r\"}";
  }

  private void write(String id) {
    long revision = store.put("audit/" + id, value(id));
    registry.add(new Entry("audit/" + id, value(id), revision, revision, false));
  }

  private void writeThree() {
    write("a");
    write("b");
    write("c");
    chain.run();
    assertThat(chain.state().verdict()).isEqualTo(Verdict.WHOLE);
  }

  private ChainBreak onlyBreak() {
    AuditChainState state = chain.state();
    assertThat(state.verdict()).isEqualTo(Verdict.BROKEN);
    assertThat(state.breaks()).as(state.breaks().toString()).hasSize(1);
    return state.breaks().get(0);
  }

  private void sql(String statement) {
    stop();
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:h2:file:" + directory.resolve("control"), "console", "");
        Statement change = connection.createStatement()) {
      assertThat(change.executeUpdate(statement)).isPositive();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    start();
  }

  @Test
  void rowsAreChainedInTheOrderOfRevisions_asTheDocumentSays() {
    writeThree();
    String hash = HashChain.START;
    for (Entry row : registry) {
      String digest = HashChain.digest(row.value());
      hash =
          HashChain.digest(
              hash
                  + "\n"
                  + row.createRevision()
                  + "\n"
                  + row.key().substring("audit/".length())
                  + "\n"
                  + digest);
    }
    AuditChainState state = chain.state();
    assertThat(state.head()).isEqualTo(hash);
    assertThat(state.rows()).isEqualTo(3);
    assertThat(state.toRevision()).isEqualTo(registry.get(2).createRevision());
  }

  @Test
  void afterARestart_whatCameMeanwhileIsChained_andTheHeadIsTheSameWithoutNotes() {
    writeThree();
    String three = chain.state().head();
    stop();
    long revision = registry.get(2).createRevision() + 1;
    registry.add(new Entry("audit/d", value("d"), revision, revision, false));
    start();
    AuditChainState caughtUp = chain.state();
    assertThat(caughtUp.verdict()).isEqualTo(Verdict.WHOLE);
    assertThat(caughtUp.rows()).isEqualTo(4);
    assertThat(caughtUp.head()).isNotEqualTo(three);
    AuditChain other = new AuditChain(store, identity.auditIndex("other"), new MutableClock());
    store.reset(registry.toArray(Entry[]::new));
    assertThat(other.state().head()).isEqualTo(caughtUp.head());
    other.close();
  }

  @Test
  void anAlteredRow_isNamed_alsoIfTheConsoleWasAway() {
    writeThree();
    Entry row = registry.get(1);
    long at = store.rewrite(row.key(), value("x"), row.createRevision());
    chain.run();
    ChainBreak found = onlyBreak();
    assertThat(found.kind()).isEqualTo(ChainBreak.Kind.ALTERED);
    assertThat(found.id()).isEqualTo("b");
    assertThat(found.revision()).isEqualTo(row.createRevision());
    assertThat(found.position()).isEqualTo(2);
    assertThat(found.detail()).contains("revision " + at);

    registry.set(1, new Entry(row.key(), value("x"), row.createRevision(), at, false));
    restart();
    assertThat(onlyBreak()).isEqualTo(found);
  }

  @Test
  void aRowThatWasAlteredBack_isStillBroken() {
    writeThree();
    Entry row = registry.get(1);
    store.rewrite(row.key(), value("x"), row.createRevision());
    store.rewrite(row.key(), row.value(), row.createRevision());
    assertThat(onlyBreak().kind()).isEqualTo(ChainBreak.Kind.ALTERED);
  }

  @Test
  void aRemovedRow_isNamed_andSoIsOneThatWasWrittenAgain() {
    writeThree();
    store.delete("audit/b");
    assertThat(onlyBreak().kind()).isEqualTo(ChainBreak.Kind.REMOVED);
    assertThat(onlyBreak().id()).isEqualTo("b");
    store.put("audit/b", value("b"));
    assertThat(onlyBreak().kind()).isEqualTo(ChainBreak.Kind.ALTERED);
    assertThat(onlyBreak().detail()).contains("written again");
  }

  @Test
  void theNewestRowRemoved_isNoticedToo() {
    writeThree();
    registry.remove(2);
    restart();
    assertThat(onlyBreak().kind()).isEqualTo(ChainBreak.Kind.REMOVED);
    assertThat(onlyBreak().id()).isEqualTo("c");
  }

  @Test
  void aRowThatWasNotThere_isInserted() {
    store.put("svc/orders/ctl/policy", "{}");
    writeThree();
    registry.add(0, new Entry("audit/0", value("0"), 1, 1, false));
    restart();
    ChainBreak found = onlyBreak();
    assertThat(found.kind()).isEqualTo(ChainBreak.Kind.INSERTED);
    assertThat(found.id()).isEqualTo("0");
    assertThat(found.revision()).isEqualTo(1);
  }

  @Test
  void alteredNotes_areNotedToo() {
    writeThree();
    sql("update audit_index set id = 'x' where position = 2");
    assertThat(chain.state().breaks())
        .extracting(ChainBreak::kind)
        .contains(ChainBreak.Kind.INDEX, ChainBreak.Kind.REMOVED);
  }

  @Test
  void notesCutOffAtTheEnd_areNoted() {
    writeThree();
    sql("delete from audit_index where position = 3");
    assertThat(chain.state().breaks()).extracting(ChainBreak::kind).contains(ChainBreak.Kind.INDEX);
  }

  @Test
  void whatWasLookedIntoIsAccepted_andWhatFollowsIsNot() {
    writeThree();
    store.rewrite("audit/b", value("x"), registry.get(1).createRevision());
    store.delete("audit/a");
    AuditChainState before = chain.accept();
    assertThat(before.breakCount()).isEqualTo(2);
    assertThat(chain.state().verdict()).isEqualTo(Verdict.WHOLE);
    assertThat(chain.state().rows()).isEqualTo(2);
    store.rewrite("audit/b", value("y"), registry.get(1).createRevision());
    assertThat(onlyBreak().id()).isEqualTo("b");
  }

  @Test
  void aRowThatAllowsRemoval_mustKnowTheChain() {
    writeThree();
    store.put(
        "audit/p",
        "{\"id\":\"p\",\"action\":\"audit.prune\",\"after\":\"{\\\"revision\\\":2,"
            + "\\\"position\\\":2,\\\"hash\\\":\\\""
            + "a".repeat(64)
            + "\\\"}\"}");
    store.delete("audit/b");
    assertThat(onlyBreak().kind()).isEqualTo(ChainBreak.Kind.REMOVED);
  }

  @Test
  void beforeTheRegistryIsRead_nothingIsSaid() {
    AuditChain unread =
        new AuditChain(new SilentStore(), identity.auditIndex("test"), new MutableClock());
    assertThat(unread.state().verdict()).isEqualTo(Verdict.UNREAD);
    unread.close();
  }
}
