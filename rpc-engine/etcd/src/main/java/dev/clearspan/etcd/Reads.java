package dev.clearspan.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import java.util.concurrent.CompletableFuture;

/**
 * Reads as transactions without a condition. The etcd client retries plain reads behind our back
 * and logs every failure, once a second for as long as an outage lasts; transactions it leaves
 * alone.
 */
final class Reads {
  private Reads() {}

  static CompletableFuture<TxnResponse> read(Client client, ByteSequence key, GetOption option) {
    return client.getKVClient().txn().Then(Op.get(key, option)).commit();
  }

  static GetResponse result(TxnResponse response) {
    return response.getGetResponses().get(0);
  }
}
