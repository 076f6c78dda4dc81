package dev.clearspan.etcd.embedded;

import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status.Code;

/**
 * What goes wrong, in the codes and words of etcd (api/v3rpc/rpctypes/error.go): its clients
 * compare both.
 */
final class EtcdErrors {
  private EtcdErrors() {}

  static RpcException emptyKey() {
    return invalid("key is not provided");
  }

  static RpcException keyNotFound() {
    return invalid("key not found");
  }

  static RpcException valueProvided() {
    return invalid("value is provided");
  }

  static RpcException leaseProvided() {
    return invalid("lease is provided");
  }

  static RpcException tooManyOperations() {
    return invalid("too many operations in txn request");
  }

  static RpcException duplicateKey() {
    return invalid("duplicate key given in txn request");
  }

  static RpcException requestTooLarge() {
    return invalid("request is too large");
  }

  static RpcException compacted() {
    return error(Code.OUT_OF_RANGE, "mvcc: required revision has been compacted");
  }

  static RpcException futureRevision() {
    return error(Code.OUT_OF_RANGE, "mvcc: required revision is a future revision");
  }

  static RpcException noSpace() {
    return error(Code.RESOURCE_EXHAUSTED, "mvcc: database space exceeded");
  }

  static RpcException leaseNotFound() {
    return error(Code.NOT_FOUND, "requested lease not found");
  }

  static RpcException leaseExists() {
    return error(Code.FAILED_PRECONDITION, "lease already exists");
  }

  static RpcException leaseTtlTooLarge() {
    return error(Code.OUT_OF_RANGE, "too large lease TTL");
  }

  static RpcException tooManyLeases() {
    return error(Code.RESOURCE_EXHAUSTED, "too many leases");
  }

  static RpcException notOffered(String method) {
    return error(
        Code.UNIMPLEMENTED,
        method
            + ": not offered by Clearspan's embedded registry (expected: keys, transactions,"
            + " leases, watches, status and the list of members; use etcd for the rest)");
  }

  private static RpcException invalid(String message) {
    return error(Code.INVALID_ARGUMENT, message);
  }

  private static RpcException error(Code code, String message) {
    return new RpcException(code, "etcdserver: " + message);
  }
}
