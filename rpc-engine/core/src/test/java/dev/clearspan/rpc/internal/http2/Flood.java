package dev.clearspan.rpc.internal.http2;

import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.CONTINUATION;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.DATA;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.HEADERS;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.PING;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.RST_STREAM;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.SETTINGS;
import static dev.clearspan.rpc.internal.http2.RawHttp2Peer.frame;

import java.io.ByteArrayOutputStream;

/** What a client sends to make a server work for nothing. */
enum Flood {
  /** Calls that are given up at once. */
  RAPID_RESET(300) {
    @Override
    byte[] piece(int number, String path) {
      int stream = 2 * number + 1;
      byte[] cancel = {0, 0, 0, 8};
      return joined(RawHttp2Peer.request(stream, 0, path), frame(RST_STREAM, 0, stream, cancel));
    }
  },

  /** A header block that goes on and on in small pieces. */
  CONTINUATIONS(100) {
    @Override
    byte[] piece(int number, String path) {
      return number == 0
          ? frame(HEADERS, 0, 1, RawHttp2Peer.block(":method", "POST"))
          : frame(CONTINUATION, 0, 1, RawHttp2Peer.block("x-" + number, "y"));
    }
  },

  PINGS(100) {
    @Override
    byte[] piece(int number, String path) {
      return frame(PING, 0, 0, new byte[Long.BYTES]);
    }
  },

  SETTINGS_FRAMES(200) {
    @Override
    byte[] piece(int number, String path) {
      return frame(SETTINGS, 0, 0, new byte[0]);
    }
  },

  /** DATA that costs no window. */
  EMPTY_DATA(100) {
    @Override
    byte[] piece(int number, String path) {
      return number == 0 ? RawHttp2Peer.request(1, 0, path) : frame(DATA, 0, 1, new byte[0]);
    }
  },

  /** More headers than are taken. */
  OVERSIZE_HEADERS(2) {
    @Override
    byte[] piece(int number, String path) {
      byte[] most = RawHttp2Peer.block("long", "x".repeat(16_000));
      return frame(number == 0 ? HEADERS : CONTINUATION, 0, 1, most);
    }
  };

  private final int pieces;

  Flood(int pieces) {
    this.pieces = pieces;
  }

  abstract byte[] piece(int number, String path);

  /** All of it; calls are of the method at this path. */
  byte[] bytes(String path) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < pieces; i++) {
      all.writeBytes(piece(i, path));
    }
    return all.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }
}
