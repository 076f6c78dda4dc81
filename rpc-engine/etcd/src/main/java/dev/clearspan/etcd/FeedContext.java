package dev.clearspan.etcd;

import dev.clearspan.rpc.control.StatusBoard;

/** What all feeds of a registry share. */
record FeedContext(
    Connection connection,
    RegistryValues values,
    IgnoredValues ignored,
    SnapshotDirectory snapshots,
    Acknowledgements acknowledgements,
    StatusBoard board) {}
