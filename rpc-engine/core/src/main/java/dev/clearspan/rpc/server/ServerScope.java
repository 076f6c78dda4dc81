package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.time.Ticker;

/** What all calls of one server share. */
public record ServerScope(
    MethodTable methods,
    CallGate gate,
    Dispatcher dispatcher,
    StreamThreads streamThreads,
    CallLedger ledger,
    Limits limits,
    Ticker ticker,
    ServerLoad load) {

  /** What one server's calls share; its load is that of this process. */
  public ServerScope(
      MethodTable methods,
      CallGate gate,
      Dispatcher dispatcher,
      StreamThreads streamThreads,
      CallLedger ledger,
      Limits limits,
      Ticker ticker) {
    this(
        methods,
        gate,
        dispatcher,
        streamThreads,
        ledger,
        limits,
        ticker,
        ServerLoad.of(gate, dispatcher, ticker));
  }
}
