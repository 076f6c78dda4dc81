package dev.clearspan.rpc.client;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.fallback.FallbackSettings;
import dev.clearspan.rpc.fallback.FallbackSettings.Source;
import dev.clearspan.rpc.fallback.ReplyCache;
import dev.clearspan.rpc.time.Ticker;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the replies that stand in for failures. One that cannot be found or made is counted, logged
 * once, and leaves the failure as it was. Thread-safe.
 */
final class Fallbacks {
  private static final Logger LOG = LoggerFactory.getLogger(Fallbacks.class);

  /** Fixed replies kept as messages, and complaints made, before both begin anew. */
  private static final int MOST = 1_024;

  private final ChannelCounters counters;
  private final Ticker ticker;
  private final Map<String, Handler<?, ?>> handlers;
  private final ReplyCache cache = new ReplyCache();
  private final Map<Template, Optional<Object>> fixed = new ConcurrentHashMap<>();
  private final Set<String> complaints = ConcurrentHashMap.newKeySet();

  /** A reply that the caller's code makes, for one method. */
  record Handler<Q, R>(
      MethodSpec<Q, R> method, BiFunction<? super Q, ? super RpcException, ? extends R> reply) {}

  /** One method's fixed reply in JSON. */
  private record Template(String method, String json) {}

  Fallbacks(ChannelCounters counters, Ticker ticker, Map<String, Handler<?, ?>> handlers) {
    this.counters = counters;
    this.ticker = ticker;
    this.handlers = Map.copyOf(handlers);
  }

  /** Remembers a good reply. */
  <Q, R> void remember(MethodSpec<Q, R> method, Q request, Metadata metadata, R reply) {
    long size = method.requestCodec().sizeOf(request) + method.responseCodec().sizeOf(reply);
    cache.put(key(method, request, metadata), reply, size, ticker.nanos());
  }

  /** What the caller gets in place of this failure; null: the failure. */
  <Q, R> @Nullable R reply(
      FallbackSettings settings,
      MethodSpec<Q, R> method,
      Q request,
      Metadata metadata,
      RpcException failure) {
    Object reply = find(settings.source(), method, request, metadata, failure);
    ChannelCounters.count(
        reply == null ? counters.fallbacksFailed : counters.fallbacks,
        new ChannelCounters.Kind(method.fullName(), settings.source().label()));
    @SuppressWarnings("unchecked") // parsed, cached and registered for this method
    R typed = (R) reply;
    return typed;
  }

  private @Nullable Object find(
      Source source,
      MethodSpec<?, ?> method,
      Object request,
      Metadata metadata,
      RpcException failure) {
    if (source instanceof Source.Fixed template) {
      return fixed(method, template.json());
    }
    if (source instanceof Source.Cached cached) {
      return cache.find(key(method, request, metadata), cached.age().toNanos(), ticker.nanos());
    }
    return source instanceof Source.Handler named
        ? handled(named.name(), method, request, failure)
        : null;
  }

  private static ReplyCache.Key key(MethodSpec<?, ?> method, Object request, Metadata metadata) {
    return new ReplyCache.Key(method.fullName(), request, metadata);
  }

  private @Nullable Object fixed(MethodSpec<?, ?> method, String json) {
    if (fixed.size() >= MOST) {
      fixed.clear();
    }
    Template template = new Template(method.fullName(), json);
    return fixed.computeIfAbsent(template, absent -> parsed(method, json)).orElse(null);
  }

  private Optional<Object> parsed(MethodSpec<?, ?> method, String json) {
    if (!(method.responseCodec() instanceof ProtobufCodec<?> codec)) {
      complain(
          "fixed reply of %s: its codec is %s (expected: protobuf)"
              .formatted(method.fullName(), method.responseCodec().name()));
      return Optional.empty();
    }
    Message.Builder reply = codec.prototype().newBuilderForType();
    try {
      JsonFormat.parser().merge(json, reply);
      return Optional.of(reply.build());
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      complain(
          "fixed reply of %s: %s (expected: JSON of %s)"
              .formatted(
                  method.fullName(), e.getMessage(), reply.getDescriptorForType().getFullName()));
      return Optional.empty();
    }
  }

  private @Nullable Object handled(
      String name, MethodSpec<?, ?> method, Object request, RpcException failure) {
    Handler<?, ?> handler = handlers.get(name);
    if (handler == null || !handler.method().fullName().equals(method.fullName())) {
      complain(
          "fallback of %s: no handler %s for it (expected: one of %s, see ChannelBuilder.fallback)"
              .formatted(method.fullName(), name, handlers.keySet()));
      return null;
    }
    try {
      @SuppressWarnings("unchecked") // registered for this method
      BiFunction<Object, RpcException, Object> reply =
          (BiFunction<Object, RpcException, Object>) handler.reply();
      return reply.apply(request, failure);
    } catch (RuntimeException e) {
      LOG.error("fallback {} of {} failed", name, method.fullName(), e);
      return null;
    }
  }

  private void complain(String text) {
    if (complaints.size() >= MOST) {
      complaints.clear();
    }
    if (complaints.add(text)) {
      LOG.warn("{}; callers get the failure", text);
    }
  }
}
