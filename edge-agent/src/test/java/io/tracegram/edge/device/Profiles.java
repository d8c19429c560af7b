package io.tracegram.edge.device;

import io.tracegram.runtime.config.ProfileCatalog;
import io.tracegram.runtime.profile.MeterProfile;
import java.nio.file.Path;

/** The shipped profiles. */
public final class Profiles {
  public static final ProfileCatalog CATALOG =
      ProfileCatalog.of(Path.of("..", "device-configs", "profiles"));

  private Profiles() {}

  /** Returns a meter's profile without the pause between requests. */
  public static MeterProfile meter(String id) {
    MeterProfile shipped = (MeterProfile) CATALOG.find(id).orElseThrow();
    return new MeterProfile(
        shipped.id(),
        shipped.vendor(),
        shipped.model(),
        shipped.source(),
        shipped.discovery(),
        shipped.registers(),
        0,
        shipped.maxBlock());
  }
}
