package dev.clearspan.rpc.discovery.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A name server on a loopback port, whose zone can be changed and which can fail or fall silent.
 */
final class TinyNameServer implements AutoCloseable {
  /** What it does with questions. */
  enum Mood {
    ANSWERS,
    FAILS,
    SILENT
  }

  private record Key(String name, DnsRecordType type) {}

  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<Key, List<byte[]>> zone = new ConcurrentHashMap<>();
  private final AtomicInteger questions = new AtomicInteger();
  private final Channel channel;
  private volatile Mood mood = Mood.ANSWERS;
  private volatile int ttlSeconds = 1;

  TinyNameServer() {
    channel =
        new Bootstrap()
            .group(loop)
            .channel(NioDatagramChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel opened) {
                    opened
                        .pipeline()
                        .addLast(
                            new DatagramDnsQueryDecoder(),
                            new DatagramDnsResponseEncoder(),
                            new Answering());
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  void mood(Mood value) {
    mood = value;
  }

  void ttl(int seconds) {
    ttlSeconds = seconds;
  }

  int questions() {
    return questions.get();
  }

  /** Sets all addresses of a name; without any the name exists but has none. */
  void hosts(String name, String... addresses) {
    for (DnsRecordType type : List.of(DnsRecordType.A, DnsRecordType.AAAA)) {
      List<byte[]> records = new ArrayList<>();
      for (String address : addresses) {
        byte[] bytes = bytes(address);
        if ((bytes.length == 4) == type.equals(DnsRecordType.A)) {
          records.add(bytes);
        }
      }
      zone.put(new Key(name, type), records);
    }
  }

  /** Adds an SRV record. */
  void service(String name, int priority, int weight, int port, String target) {
    ByteBuf content = Unpooled.buffer();
    content.writeShort(priority).writeShort(weight).writeShort(port);
    for (String label : target.split("\\.")) {
      content.writeByte(label.length()).writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    content.writeByte(0);
    byte[] record = new byte[content.readableBytes()];
    content.readBytes(record);
    raw(name, DnsRecordType.SRV, record);
  }

  /** Adds a record of any content. */
  void raw(String name, DnsRecordType type, byte[] record) {
    zone.computeIfAbsent(new Key(name, type), key -> new ArrayList<>()).add(record);
  }

  /** Makes the name unknown (NXDOMAIN). */
  void forget(String name) {
    zone.keySet().removeIf(key -> key.name().equals(name));
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private final class Answering extends SimpleChannelInboundHandler<DatagramDnsQuery> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramDnsQuery query) {
      questions.incrementAndGet();
      if (mood == Mood.SILENT) {
        return;
      }
      DnsQuestion question = query.recordAt(DnsSection.QUESTION);
      DatagramDnsResponse response =
          new DatagramDnsResponse(query.recipient(), query.sender(), query.id());
      response.addRecord(DnsSection.QUESTION, question);
      String name = question.name().substring(0, question.name().length() - 1);
      List<byte[]> records = zone.get(new Key(name, question.type()));
      if (mood == Mood.FAILS) {
        response.setCode(DnsResponseCode.SERVFAIL);
      } else if (zone.keySet().stream().noneMatch(key -> key.name().equals(name))) {
        response.setCode(DnsResponseCode.NXDOMAIN);
      } else if (records != null) {
        for (byte[] record : records) {
          response.addRecord(
              DnsSection.ANSWER,
              new DefaultDnsRawRecord(
                  question.name(), question.type(), ttlSeconds, Unpooled.wrappedBuffer(record)));
        }
      }
      ctx.writeAndFlush(response);
    }
  }

  private static byte[] bytes(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
