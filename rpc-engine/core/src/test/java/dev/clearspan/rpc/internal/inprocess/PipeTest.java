package dev.clearspan.rpc.internal.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.rpc.RpcException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipeTest {
  private static final int MOST = 256 * 1024;

  private final List<String> heard = new ArrayList<>();
  private final Pipe pipe =
      new Pipe(
          new Pipe.Reader() {
            @Override
            public void message(byte[] payload) {
              heard.add("message " + payload.length);
            }

            @Override
            public void writable() {
              heard.add("writable");
            }
          },
          MOST);

  @Test
  void messagesWaitUntilTheyAreRequested() {
    pipe.put(new byte[1]);
    pipe.put(new byte[2]);
    assertThat(heard).isEmpty();

    pipe.request(1);
    assertThat(heard).containsExactly("message 1");
    pipe.request(2);
    pipe.put(new byte[3]);
    assertThat(heard).containsExactly("message 1", "message 2", "message 3");
  }

  @Test
  void theEndComesAfterTheLastMessage() {
    pipe.put(new byte[1]);
    pipe.finish(() -> heard.add("end"));
    assertThat(heard).isEmpty();

    pipe.request(1);
    assertThat(heard).containsExactly("message 1", "end");
  }

  @Test
  void aCutDropsWhatWaits() {
    pipe.put(new byte[1]);
    pipe.finish(() -> heard.add("end"));
    pipe.cut(() -> heard.add("cut"));
    pipe.request(5);

    assertThat(heard).containsExactly("cut");
  }

  @Test
  void aFullPipeSaysSoAndTellsWhenItHasRoomAgain() {
    assertThat(pipe.isWritable()).isTrue();
    pipe.put(new byte[Pipe.LOW_BYTES]);
    assertThat(pipe.isWritable()).isFalse();

    pipe.request(1);
    assertThat(pipe.isWritable()).isTrue();
    assertThat(heard).containsExactly("message " + Pipe.LOW_BYTES, "writable");
  }

  @Test
  void whatWaitsIsBoundedButOneMessageAlwaysFits() {
    pipe.put(new byte[MOST]);
    assertThatThrownBy(() -> pipe.put(new byte[1]))
        .isInstanceOf(RpcException.class)
        .hasMessageContaining("RESOURCE_EXHAUSTED");

    pipe.request(1);
    pipe.put(new byte[1]);
    pipe.request(1);
    assertThat(heard).contains("message " + MOST, "message 1");
  }

  @Test
  void emptyMessagesAreBoundedToo() {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < MOST; i++) {
                pipe.put(new byte[0]);
              }
            })
        .isInstanceOf(RpcException.class);
  }
}
