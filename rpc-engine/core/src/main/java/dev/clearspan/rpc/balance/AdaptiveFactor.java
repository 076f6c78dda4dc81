package dev.clearspan.rpc.balance;

/**
 * The factor by which one endpoint's weight follows its reported load: 1 to begin with, moving
 * smoothly. What is in force lags behind by up to {@value #NOTICEABLE}, so that routes are not made
 * anew for nothing. Guarded by its user.
 */
public final class AdaptiveFactor {
  private static final double NOTICEABLE = 0.02;

  private double value = 1;
  private double inForce = 1;
  private long movedNanos;

  /** Begins at this moment. */
  public AdaptiveFactor(long nowNanos) {
    this.movedNanos = nowNanos;
  }

  /** The factor that weights are multiplied with. */
  public double inForce() {
    return inForce;
  }

  /** Moves towards the target; true if it has come noticeably far from what is in force. */
  public boolean move(double target, AdaptiveSettings settings, long nowNanos) {
    double halfLives = (double) (nowNanos - movedNanos) / settings.halfLife().toNanos();
    value += (target - value) * (1 - Math.pow(0.5, halfLives));
    movedNanos = nowNanos;
    return Math.abs(value - inForce) > NOTICEABLE * inForce;
  }

  /** What it has moved to is in force from now on. */
  public void apply() {
    inForce = value;
  }

  /** Nothing is followed any more. */
  public void reset(long nowNanos) {
    value = 1;
    inForce = 1;
    movedNanos = nowNanos;
  }
}
