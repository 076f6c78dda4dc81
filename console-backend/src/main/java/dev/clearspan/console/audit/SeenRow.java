package dev.clearspan.console.audit;

import dev.clearspan.console.chain.HashChain;
import dev.clearspan.console.identity.AuditIndex.Link;
import dev.clearspan.rpc.control.ControlStore;

/**
 * An audit row as the registry has it now, whatever its value is.
 *
 * @param revision at which its key was written
 * @param modRevision of its last change, which an audit row never has
 */
record SeenRow(String id, long revision, long modRevision, String digest) {
  static SeenRow of(String id, ControlStore.Entry entry) {
    return new SeenRow(
        id, entry.createRevision(), entry.modRevision(), HashChain.digest(entry.value()));
  }

  /** The link of this row after that many others. */
  Link after(long position, String hash, long acceptedRevision) {
    String own = HashChain.next(hash, Long.toString(revision), id, digest);
    return new Link(position + 1, revision, acceptedRevision, id, digest, own);
  }
}
