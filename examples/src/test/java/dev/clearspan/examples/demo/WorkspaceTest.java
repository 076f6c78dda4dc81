package dev.clearspan.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
  @TempDir private Path home;

  @Test
  void data_isDeletedAtTheEndAndLogsStay() throws IOException {
    Workspace workspace = Workspace.open(home, false);
    Files.createDirectories(workspace.data("etcd").resolve("member"));
    Files.writeString(workspace.log("etcd"), "hello");
    workspace.close();
    assertThat(workspace.data("etcd")).doesNotExist();
    assertThat(workspace.log("etcd")).exists();
  }

  @Test
  void keptData_isFoundAgain() throws IOException {
    Workspace first = Workspace.open(home, true);
    Files.writeString(first.data("policy"), "{}");
    first.close();
    assertThat(Workspace.open(home, true).data("policy")).hasContent("{}");
  }

  @Test
  void whatEndedRunsLeft_isRemovedAndOursIsNot() throws IOException {
    Path ended = home.resolve(".clearspan/demo/run-999999999/data");
    Files.createDirectories(ended);
    Workspace ours = Workspace.open(home, false);
    Workspace again = Workspace.open(home, false);
    assertThat(ended.getParent()).doesNotExist();
    assertThat(again.root()).isEqualTo(ours.root()).exists();
  }
}
