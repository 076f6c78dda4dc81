package dev.clearspan.rpc.internal.coding;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** zstd by zstd-jni. Not to be touched where {@link ZstdLibrary} finds none. */
final class ZstdStreams {
  /** 2 MiB: what level 3 uses at most, and what a peer may make us set aside. */
  private static final int MOST_WINDOW_LOG = 21;

  private static final int LEVEL = 3;

  private ZstdStreams() {}

  static OutputStream packing(OutputStream to) throws IOException {
    return new ZstdOutputStreamNoFinalizer(to, LEVEL);
  }

  static InputStream unpacking(InputStream from) throws IOException {
    return new ZstdInputStreamNoFinalizer(from).setLongMax(MOST_WINDOW_LOG);
  }
}
