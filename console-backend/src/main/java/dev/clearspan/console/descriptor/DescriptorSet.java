package dev.clearspan.console.descriptor;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.clearspan.contract.Contract;
import dev.clearspan.rpc.generic.DescriptorPool;
import java.util.Arrays;

/** The .proto files that servers publish under one hash. Immutable. */
public final class DescriptorSet {
  private final String hash;
  private final byte[] bytes;
  private final DescriptorPool pool;
  private final Contract contract;

  private DescriptorSet(String hash, byte[] bytes, DescriptorPool pool, Contract contract) {
    this.hash = hash;
    this.bytes = bytes;
    this.pool = pool;
    this.contract = contract;
  }

  /**
   * The set of these bytes.
   *
   * @throws IllegalArgumentException if they are none, or do not hold together
   */
  static DescriptorSet parse(String hash, byte[] bytes) {
    try {
      DescriptorPool pool = DescriptorPool.of(FileDescriptorSet.parseFrom(bytes));
      return new DescriptorSet(hash, bytes, pool, Contract.parse(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("no descriptor set: " + e.getMessage(), e);
    }
  }

  public String hash() {
    return hash;
  }

  /** Serialized, as {@code protoc --descriptor_set_out} writes it. */
  public byte[] bytes() {
    return Arrays.copyOf(bytes, bytes.length);
  }

  int size() {
    return bytes.length;
  }

  public DescriptorPool pool() {
    return pool;
  }

  Contract contract() {
    return contract;
  }
}
