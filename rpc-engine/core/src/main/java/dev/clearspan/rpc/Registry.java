package dev.clearspan.rpc;

import dev.clearspan.rpc.control.ControlPlane;
import dev.clearspan.rpc.discovery.Discovery;

/** A discovery that carries rules and status too, such as etcd. One per process is enough. */
public interface Registry extends Discovery, ControlPlane {
  /** Deletes what this process has put under its lease, waiting up to 2 s, and disconnects. */
  @Override
  void close();
}
