package dev.clearspan.rpc.generic;

import com.google.protobuf.DynamicMessage;
import dev.clearspan.rpc.RpcStream;
import org.jspecify.annotations.Nullable;

/** A client's stream with its messages as JSON. */
record JsonStream(GenericMethod method, RpcStream<DynamicMessage, DynamicMessage> stream)
    implements RpcStream<String, String> {
  @Override
  public void send(String message) {
    stream.send(method.request().read(message));
  }

  @Override
  public void finish() {
    stream.finish();
  }

  @Override
  public @Nullable String receive() {
    DynamicMessage message = stream.receive();
    return message == null ? null : method.reply().write(message);
  }

  @Override
  public void close() {
    stream.close();
  }
}
