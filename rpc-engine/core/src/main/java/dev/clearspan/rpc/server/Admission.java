package dev.clearspan.rpc.server;

/** The gate's answer to a call: a {@link Place}, or a {@link Refusal}. */
public sealed interface Admission permits Place, Refusal {}
