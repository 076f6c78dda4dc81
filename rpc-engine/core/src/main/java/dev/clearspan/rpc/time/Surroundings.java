package dev.clearspan.rpc.time;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Where a channel takes time and chance from; for those who run it on a clock of their own, as
 * simulations do.
 *
 * @param ticker monotonic, for durations
 * @param wallClock for what expires at a date
 * @param scheduler runs timers, by the same ticker; a {@link TimerWheel} is used as it is, so that
 *     many channels may share one
 * @param random all chance: draws, jitter
 */
public record Surroundings(
    Ticker ticker, InstantSource wallClock, Scheduler scheduler, RandomGenerator random) {}
