package dev.clearspan.chaos.load;

import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.rpc.ledger.ForwardingLedger;
import dev.clearspan.rpc.ledger.PlainLedger;
import dev.clearspan.rpc.ledger.TraceContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A ledger that remembers of each instance when it was last sent something, and of each failed call
 * how its last attempt ended. Thread-safe.
 */
public final class AttemptLog extends ForwardingLedger {
  /** Enough to explain any run; what fails beyond that is counted by the load all the same. */
  private static final int MOST_FAILURES = 10_000;

  private final Map<String, PeerAttempts> peers = new ConcurrentHashMap<>();
  private final Map<String, String> outcomes = new ConcurrentHashMap<>();

  public AttemptLog() {
    super(new PlainLedger());
  }

  /** The attempts at an instance. */
  public PeerAttempts peer(String instanceId) {
    return peers.computeIfAbsent(instanceId, id -> new PeerAttempts());
  }

  /** How the last attempt of a failed call ended, in {@link AttemptRecord#outcome}'s words. */
  String outcomeOf(String traceId) {
    return outcomes.getOrDefault(traceId, "no attempt");
  }

  @Override
  public ClientCall beginCall(MethodSpec<?, ?> method, String service) {
    return new LoggedCall(super.beginCall(method, service));
  }

  private final class LoggedCall implements ClientCall {
    private final ClientCall call;
    private volatile @Nullable String lastOutcome;

    LoggedCall(ClientCall call) {
      this.call = call;
    }

    @Override
    public String traceId() {
      return call.traceId();
    }

    @Override
    public Attempt beginAttempt(int number, AttemptKind kind) {
      return new LoggedAttempt(this, call.beginAttempt(number, kind));
    }

    @Override
    public void end(CallRecord record) {
      String outcome = lastOutcome;
      if (!record.status().isOk() && outcome != null && outcomes.size() < MOST_FAILURES) {
        outcomes.put(traceId(), outcome);
      }
      call.end(record);
    }
  }

  private final class LoggedAttempt implements Attempt {
    private final LoggedCall call;
    private final Attempt attempt;

    LoggedAttempt(LoggedCall call, Attempt attempt) {
      this.call = call;
      this.attempt = attempt;
    }

    @Override
    public TraceContext wireContext() {
      return attempt.wireContext();
    }

    @Override
    public void end(AttemptRecord record, boolean keptByServer) {
      call.lastOutcome = record.outcome();
      String instance = record.peerInstance();
      if (instance != null) {
        peer(instance).ended(record.startNanos(), record.outcome());
      }
      attempt.end(record, keptByServer);
    }
  }
}
