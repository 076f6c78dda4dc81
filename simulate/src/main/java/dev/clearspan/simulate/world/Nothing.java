package dev.clearspan.simulate.world;

import dev.clearspan.rpc.Codec;
import java.nio.ByteBuffer;

/** A message without content: what calls say is of no matter here. */
enum Nothing {
  NOTHING;

  static final Codec<Nothing> CODEC =
      new Codec<>() {
        @Override
        public String name() {
          return "bytes";
        }

        @Override
        public int sizeOf(Nothing message) {
          return 0;
        }

        @Override
        public void encode(Nothing message, ByteBuffer target) {}

        @Override
        public Nothing decode(ByteBuffer source) {
          return NOTHING;
        }
      };
}
