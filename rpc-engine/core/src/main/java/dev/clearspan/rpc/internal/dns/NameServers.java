package dev.clearspan.rpc.internal.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Asks name servers, with a time limit on every question and over TCP what UDP cut off. Nothing is
 * cached: whoever asks knows when to ask again. Thread-safe; futures complete on its one thread, on
 * which tasks can be scheduled, too.
 */
public final class NameServers implements AutoCloseable {
  private static final int MOST_RECORDS = 1_000;

  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("clearspan-dns", true), NioIoHandler.newFactory());
  private final DnsNameResolver resolver;

  /**
   * Asks these servers, one after the other until one answers.
   *
   * @param servers none: those of the operating system
   * @param timeout for one server's answer
   */
  public NameServers(List<InetSocketAddress> servers, Duration timeout) {
    resolver =
        new DnsNameResolverBuilder(loop.next())
            .datagramChannelType(NioDatagramChannel.class)
            .socketChannelType(NioSocketChannel.class)
            .nameServerProvider(
                servers.isEmpty()
                    ? DnsServerAddressStreamProviders.platformDefault()
                    : new SequentialDnsServerAddressStreamProvider(servers))
            .queryTimeoutMillis(timeout.toMillis())
            .build();
  }

  /** Runs a task on the thread. */
  public void execute(Runnable task) {
    loop.execute(task);
  }

  /** Runs a task on the thread after the delay, unless it is closed before. */
  public void schedule(Runnable task, Duration delay) {
    var unused = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** IPv4 addresses (A). */
  public CompletableFuture<DnsAnswer<InetAddress>> ipv4(String name) {
    return ask(name, DnsRecordType.A, NameServers::address);
  }

  /** IPv6 addresses (AAAA). */
  public CompletableFuture<DnsAnswer<InetAddress>> ipv6(String name) {
    return ask(name, DnsRecordType.AAAA, NameServers::address);
  }

  /** Service records (SRV). */
  public CompletableFuture<DnsAnswer<ServiceRecord>> services(String name) {
    return ask(name, DnsRecordType.SRV, ServiceRecord::read);
  }

  @Override
  public void close() {
    resolver.close();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private <R> CompletableFuture<DnsAnswer<R>> ask(
      String name, DnsRecordType type, Function<ByteBuf, R> content) {
    CompletableFuture<DnsAnswer<R>> answer = new CompletableFuture<>();
    String absolute = name.endsWith(".") ? name : name + ".";
    resolver
        .query(new DefaultDnsQuestion(absolute, type))
        .addListener(
            (Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> done) ->
                answer.complete(answer(done, type, content)));
    return answer;
  }

  private static <R> DnsAnswer<R> answer(
      Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> done,
      DnsRecordType type,
      Function<ByteBuf, R> content) {
    if (!done.isSuccess()) {
      return new DnsAnswer.Failed<>(String.valueOf(done.cause().getMessage()));
    }
    AddressedEnvelope<DnsResponse, InetSocketAddress> envelope = done.getNow();
    try {
      return read(envelope.content(), type, content);
    } catch (RuntimeException e) {
      return new DnsAnswer.Failed<>("malformed answer of " + envelope.sender() + ": " + e);
    } finally {
      envelope.release();
    }
  }

  private static <R> DnsAnswer<R> read(
      DnsResponse response, DnsRecordType type, Function<ByteBuf, R> content) {
    if (response.code().equals(DnsResponseCode.NXDOMAIN)) {
      return new DnsAnswer.NoSuchName<>();
    }
    if (!response.code().equals(DnsResponseCode.NOERROR)) {
      return new DnsAnswer.Failed<>("the name server says " + response.code());
    }
    List<R> records = new ArrayList<>();
    long ttl = Long.MAX_VALUE;
    int count = Math.min(MOST_RECORDS, response.count(DnsSection.ANSWER));
    for (int i = 0; i < count; i++) {
      DnsRecord record = response.recordAt(DnsSection.ANSWER, i);
      ttl = Math.min(ttl, record.timeToLive());
      if (record.type().equals(type) && record instanceof DnsRawRecord raw) {
        records.add(content.apply(raw.content()));
      }
    }
    return new DnsAnswer.Found<>(records, records.isEmpty() ? 0 : ttl);
  }

  private static InetAddress address(ByteBuf content) {
    try {
      return InetAddress.getByAddress(ByteBufUtil.getBytes(content));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("address of " + content.readableBytes() + " bytes", e);
    }
  }
}
