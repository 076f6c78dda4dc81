package dev.clearspan.rpc.client;

import dev.clearspan.protocol.Policy;
import dev.clearspan.rpc.Compression;
import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.balance.Continuity;
import dev.clearspan.rpc.internal.transport.ClientTransport;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.time.Scheduler;
import dev.clearspan.rpc.time.Ticker;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a channel is built with. Immutable.
 *
 * @param policy the code's layer of policy
 * @param executor runs what users hang on an asynchronous call
 * @param protocol what all endpoints are called in; null: each as it is registered
 * @param compression how messages are packed
 * @param continuity what balancers hand on from one snapshot to the next
 * @param fallbacks handlers by the names that policies call them
 */
record ChannelSettings(
    String service,
    ProcessIdentity identity,
    ClientTransport transport,
    CallLedger ledger,
    Policy policy,
    List<Interceptor> interceptors,
    Executor executor,
    Ticker ticker,
    InstantSource wallClock,
    Scheduler scheduler,
    RandomGenerator random,
    @Nullable Protocol protocol,
    Compression compression,
    Continuity continuity,
    Map<String, Fallbacks.Handler<?, ?>> fallbacks) {}
