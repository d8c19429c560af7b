package io.tracegram.runtime.profile;

/** What is known of one device model. Immutable. */
public sealed interface DeviceProfile
    permits MeterProfile,
        MBusProfile,
        SmlProfile,
        CoapProfile,
        ScaleProfile,
        ScannerProfile,
        PortalProfile {
  /** Returns {@code vendor/model}: the profile's path without its ending. */
  String id();

  /** Returns the vendor as printed on the device. */
  String vendor();

  String model();

  /** Returns the public document that the profile was made from. */
  String source();
}
