package dev.clearspan.rpc.generic;

import com.google.protobuf.DynamicMessage;
import dev.clearspan.rpc.StreamSender;

/** The sending half of a client's stream with its messages as JSON. */
record JsonSender(GenericMethod method, StreamSender<DynamicMessage> sender)
    implements StreamSender<String> {
  @Override
  public void send(String message) {
    sender.send(method.request().read(message));
  }

  @Override
  public boolean isReady() {
    return sender.isReady();
  }

  @Override
  public void finish() {
    sender.finish();
  }

  @Override
  public void request(int messages) {
    sender.request(messages);
  }

  @Override
  public void cancel(String reason) {
    sender.cancel(reason);
  }
}
