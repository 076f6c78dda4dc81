package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.ledger.Gauges;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The event loops of this process, shared by all clients and servers: as many as there are cores,
 * at most 8, on epoll where its native library loads, else on NIO. They are daemon threads and live
 * as long as the process.
 */
public final class EventLoops {
  private static final int MOST = 8;

  private final EventLoopGroup group;
  private final boolean epoll;
  private final LoopRelief relief = LoopRelief.ofThisMachine();
  private final List<LoopPulse> pulses = new ArrayList<>();

  private EventLoops(boolean epoll) {
    this.epoll = epoll;
    IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    int count = Math.min(MOST, Runtime.getRuntime().availableProcessors());
    this.group =
        new MultiThreadIoEventLoopGroup(
            count, new DefaultThreadFactory("clearspan-loop", true), handlers);
    for (EventExecutor loop : group) {
      pulses.add(new LoopPulse((EventLoop) loop, this::looked));
    }
    pulses.forEach(LoopPulse::start);
  }

  private void looked(LoopPulse pulse) {
    relief.looked(pulse, pulses, System.nanoTime());
  }

  /** The process' loops, started on first use. */
  public static EventLoops shared() {
    return Holder.SHARED;
  }

  EventLoop next() {
    return group.next();
  }

  /** The loop with the most time left, of those not used if there are any. */
  EventLoop leastBusy(Set<EventLoop> used) {
    LoopPulse best = pulses.get(0);
    for (LoopPulse pulse : pulses) {
      boolean usedBest = used.contains(best.loop());
      if (usedBest == used.contains(pulse.loop()) ? pulse.busy() < best.busy() : usedBest) {
        best = pulse;
      }
    }
    return best.loop();
  }

  /** Relieves loops that are out of time of the endpoints' calls. */
  LoopRelief relief() {
    return relief;
  }

  /** How late each loop is, and how many tasks wait for it. */
  public List<Gauges.Sample> gauges() {
    List<Gauges.Sample> samples = new ArrayList<>();
    for (int i = 0; i < pulses.size(); i++) {
      LoopPulse pulse = pulses.get(i);
      Map<String, String> loop = Map.of("clearspan.eventloop.id", Integer.toString(i));
      samples.add(new Gauges.Sample("clearspan.eventloop.pending", pulse.pending(), loop, false));
      samples.add(
          new Gauges.Sample("clearspan.eventloop.lag", pulse.lagNanos() / 1e9, loop, false));
    }
    return samples;
  }

  EventLoopGroup group() {
    return group;
  }

  Class<? extends Channel> clientChannel() {
    return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  /** Has the kernel break connections whose peer acknowledges nothing for so long, if it can. */
  void breakUnacknowledged(Bootstrap bootstrap, int millis) {
    if (epoll) {
      bootstrap.option(EpollChannelOption.TCP_USER_TIMEOUT, millis);
    }
  }

  Class<? extends ServerChannel> serverChannel() {
    return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  private static final class Holder {
    static final EventLoops SHARED = new EventLoops(Epoll.isAvailable());
  }
}
