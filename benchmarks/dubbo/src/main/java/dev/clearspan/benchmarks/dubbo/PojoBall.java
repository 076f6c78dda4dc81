package dev.clearspan.benchmarks.dubbo;

import java.io.Serializable;

/** The ball as Dubbo's Hessian writes it. */
public final class PojoBall implements Serializable {
  private static final long serialVersionUID = 1;

  private long id;
  private byte[] payload = {};
  private int pauseMillis;

  public long getId() {
    return id;
  }

  public void setId(long value) {
    id = value;
  }

  public byte[] getPayload() {
    return payload;
  }

  public void setPayload(byte[] value) {
    payload = value;
  }

  public int getPauseMillis() {
    return pauseMillis;
  }

  public void setPauseMillis(int value) {
    pauseMillis = value;
  }
}
