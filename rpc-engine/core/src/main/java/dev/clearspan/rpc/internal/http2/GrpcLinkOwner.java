package dev.clearspan.rpc.internal.http2;

/** What a {@link GrpcClientLink} tells the connection it belongs to; on its loop. */
interface GrpcLinkOwner {
  /** The link takes calls. */
  void ready(GrpcClientLink link);

  /** So many calls at a time, says the server; first before the link is ready. */
  void streams(int most);

  /** The link takes no more calls; those in flight go on. */
  void goingAway(GrpcClientLink link, String reason);

  void lost(GrpcClientLink link, String reason);

  /** Sends a call that this link has not sent elsewhere. */
  void write(ClientStream<?> call);

  void peerIsClearspan();
}
