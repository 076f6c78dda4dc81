package dev.clearspan.rpc.internal.netty;

import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Looks host names up without blocking an event loop; addresses need no looking up. */
final class HostResolver {
  private static final int THREADS = 4;
  private static final Executor LOOKUPS = lookups();

  private HostResolver() {}

  /** The address; fails with {@link UnknownHostException}. */
  static CompletableFuture<InetSocketAddress> resolve(String host, int port) {
    byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
    if (address != null) {
      return CompletableFuture.completedFuture(new InetSocketAddress(literal(address), port));
    }
    return CompletableFuture.supplyAsync(() -> lookUp(host, port), LOOKUPS);
  }

  private static InetAddress literal(byte[] address) {
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + address.length + " bytes", e);
    }
  }

  private static InetSocketAddress lookUp(String host, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new CompletionException(e);
    }
  }

  private static Executor lookups() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("clearspan-resolver", true));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
