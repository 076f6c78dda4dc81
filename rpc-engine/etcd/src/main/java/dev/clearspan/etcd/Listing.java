package dev.clearspan.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.OptionsUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads all keys below a prefix as of one revision, page by page. When a page is too large for one
 * response (somebody stored huge values), it is read again in smaller pages.
 */
final class Listing {
  static final int PAGE = 500;
  private static final byte[] SUCCESSOR = {0};

  /**
   * What a prefix held.
   *
   * @param entries in the order of their keys
   * @param revision the store's revision of this content
   */
  record Content(List<Stored> entries, long revision) {}

  private final Connection connection;
  private final ByteSequence end;
  private final List<Stored> entries = new ArrayList<>();
  private final BiConsumer<Content, @Nullable Throwable> done;
  private ByteSequence from;
  private long revision;
  private int page = PAGE;

  private Listing(
      Connection connection, String prefix, BiConsumer<Content, @Nullable Throwable> done) {
    this.connection = connection;
    this.done = done;
    from = connection.keys().absolute(prefix);
    end = OptionsUtil.prefixEndOf(from);
  }

  /** Lists the prefix; calls back on the loop, with an empty content when there is a failure. */
  static void read(
      Connection connection, String prefix, BiConsumer<Content, @Nullable Throwable> done) {
    new Listing(connection, prefix, done).nextPage();
  }

  private void nextPage() {
    GetOption option =
        GetOption.builder().withRange(end).withLimit(page).withRevision(revision).build();
    connection.call(
        client -> Reads.read(client, from, option),
        (response, failure) -> {
          if (failure == null) {
            take(Reads.result(response), response.getHeader().getRevision());
          } else {
            fail(failure);
          }
        });
  }

  private void take(GetResponse response, long atRevision) {
    if (revision == 0) {
      revision = atRevision;
    }
    for (KeyValue found : response.getKvs()) {
      entries.add(Stored.of(connection.keys(), found));
    }
    if (response.isMore() && !response.getKvs().isEmpty()) {
      ByteSequence last = response.getKvs().get(response.getKvs().size() - 1).getKey();
      from = last.concat(ByteSequence.from(SUCCESSOR));
      nextPage();
    } else {
      done.accept(new Content(List.copyOf(entries), revision), null);
    }
  }

  private void fail(Throwable failure) {
    if (Failures.isTooLarge(failure) && page > 1) {
      page = Math.max(1, page / 8);
      nextPage();
    } else {
      done.accept(new Content(List.of(), 0), failure);
    }
  }
}
