package dev.clearspan.simulate.world;

import java.util.random.RandomGenerator;

/** How long handlers take: lognormal, with the mean that the settings say. */
final class ServiceTime {
  private final double mu;
  private final double sigma;

  ServiceTime(ServerSettings settings) {
    this.sigma = settings.sigma();
    this.mu = Math.log(settings.meanMillis() * 1e6) - sigma * sigma / 2;
  }

  double nanos(RandomGenerator random) {
    return StrictMath.exp(mu + sigma * random.nextGaussian());
  }
}
