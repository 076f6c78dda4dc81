package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ledger.ForwardingLedger;
import dev.clearspan.rpc.ledger.PlainLedger;
import dev.clearspan.rpc.ledger.ServedRecord;
import dev.clearspan.rpc.ledger.TraceContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Records served calls, asks callers to keep each, and refuses to be told an end twice. */
final class ServedLedger extends ForwardingLedger {
  final List<Served> served = new CopyOnWriteArrayList<>();

  ServedLedger() {
    super(new PlainLedger());
  }

  static final class Served implements ServedCall {
    final String method;
    final @Nullable TraceContext remote;
    final @Nullable String caller;
    volatile @Nullable ServedRecord record;
    volatile int scopes;

    Served(String method, @Nullable TraceContext remote, @Nullable String caller) {
      this.method = method;
      this.remote = remote;
      this.caller = caller;
    }

    @Override
    public String traceId() {
      return remote == null ? "none" : remote.traceId();
    }

    @Override
    public synchronized Scope makeCurrent(Metadata request) {
      scopes++;
      return () -> {};
    }

    @Override
    public synchronized boolean end(ServedRecord told) {
      if (record != null) {
        throw new AssertionError("end told twice: " + told);
      }
      record = told;
      return true;
    }
  }

  @Override
  public ServedCall beginServed(
      String methodName,
      @Nullable TraceContext remote,
      @Nullable String callerService,
      String peerAddress) {
    Served call = new Served(methodName, remote, callerService);
    served.add(call);
    return call;
  }
}
