package dev.clearspan.examples.shop;

import com.google.protobuf.Empty;
import dev.clearspan.examples.shop.api.FaultSettings;
import dev.clearspan.examples.shop.api.FaultsBase;

/** Lets anyone on this machine make the instance misbehave. */
final class FaultsService extends FaultsBase {
  private final Faults faults;

  FaultsService(Faults faults) {
    this.faults = faults;
  }

  @Override
  protected FaultSettings set(FaultSettings request) {
    faults.set(request);
    return faults.settings();
  }

  @Override
  protected FaultSettings get(Empty request) {
    return faults.settings();
  }
}
