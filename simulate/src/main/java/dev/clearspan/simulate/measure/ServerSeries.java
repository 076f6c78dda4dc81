package dev.clearspan.simulate.measure;

/** What one server saw, second by second. */
public final class ServerSeries {
  private static final long SECOND = 1_000_000_000L;

  private final int[] arrivals;
  private final double[] inFlightNanos;
  private int inFlight;
  private long since;

  ServerSeries(int seconds) {
    arrivals = new int[seconds];
    inFlightNanos = new double[seconds];
  }

  /** A request came that was not turned away for draining. */
  public void arrived(long now) {
    int second = (int) (now / SECOND);
    if (second < arrivals.length) {
      arrivals[second]++;
    }
  }

  /** So many calls more are in handlers or wait for one. */
  public void inFlight(long now, int change) {
    integrate(now);
    inFlight += change;
  }

  private void integrate(long now) {
    while (since < now) {
      int second = (int) (since / SECOND);
      long until = Math.min(now, (second + 1) * SECOND);
      if (second < inFlightNanos.length) {
        inFlightNanos[second] += (double) inFlight * (until - since);
      }
      since = until;
    }
  }

  void end(long now) {
    integrate(now);
  }

  /** Requests from one second up to another, that one excluded. */
  public int arrivals(int from, int to) {
    int sum = 0;
    for (int second = from; second < to; second++) {
      sum += arrivals[second];
    }
    return sum;
  }

  /** Calls in handlers and in line, on average over the second. */
  public double inFlight(int second) {
    return inFlightNanos[second] / SECOND;
  }
}
