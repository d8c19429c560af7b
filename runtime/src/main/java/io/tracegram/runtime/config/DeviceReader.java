package io.tracegram.runtime.config;

import io.tracegram.ledger.plant.FloorPlaces;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PlantModel.Meter;
import io.tracegram.ledger.plant.PlantModel.Scanner;
import io.tracegram.runtime.profile.PortalProfile;
import io.tracegram.runtime.profile.ScaleProfile;
import io.tracegram.runtime.profile.ScannerProfile;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads the devices of a plant file. Single-threaded, used once. */
final class DeviceReader {
  private static final String DEFAULT_SCANNER = "generic/tcp-scanner";
  private static final String DEFAULT_PORTAL = "generic/llrp";
  private static final Pattern SERIAL = Pattern.compile("[!-~][ -~]{0,63}");
  private static final BigDecimal LARGEST_WATTS = BigDecimal.valueOf(1_000_000_000_000L);
  private static final BigDecimal LARGEST_MODULUS = BigDecimal.valueOf(1L << 53);

  private final ProfileReference profiles;
  private final References workstations;
  private final References devices;
  private final References carriers;
  private final CarrierUnits units;
  private final SiloReader silos;
  private final DeviceAddresses addresses = new DeviceAddresses();
  private final BusReader buses = new BusReader(addresses);
  private final MeterAccessReader access;
  private final List<Meter> meters = new ArrayList<>();
  private final List<Scanner> scanners = new ArrayList<>();
  private final List<Scanner> portals = new ArrayList<>();
  private final List<MeterConnection> meterConnections = new ArrayList<>();
  private final List<ScaleConnection> scaleConnections = new ArrayList<>();
  private final List<ScannerConnection> scannerConnections = new ArrayList<>();
  private final List<PortalConnection> portalConnections = new ArrayList<>();

  /** Names no device: the meter's readings are imported. */
  private static final String IMPORTED = "imported";

  /** The ids that devices refer to, and their own. */
  record Names(
      References workstations, References devices, References carriers, CarrierUnits units) {}

  DeviceReader(ProfileCatalog profiles, Names names, SiloReader silos) {
    this.profiles = new ProfileReference(profiles);
    this.access = new MeterAccessReader(this.profiles, buses, addresses);
    this.workstations = names.workstations;
    this.devices = names.devices;
    this.carriers = names.carriers;
    this.units = names.units;
    this.silos = silos;
  }

  List<Meter> meters() {
    return meters;
  }

  List<PlantModel.Scanner> scanners() {
    return scanners;
  }

  List<MeterConnection> meterConnections() {
    return meterConnections;
  }

  List<ScaleConnection> scaleConnections() {
    return scaleConnections;
  }

  List<ScannerConnection> scannerConnections() {
    return scannerConnections;
  }

  /** Returns what a plant with scanners or portals declares: its events tell all they can. */
  FloorPlaces places() {
    return scanners.isEmpty() && portals.isEmpty()
        ? FloorPlaces.NONE
        : new FloorPlaces(portals, true);
  }

  List<PortalConnection> portalConnections() {
    return portalConnections;
  }

  void read(YamlMap plant) {
    buses.declare(plant.optionalList("buses"));
    MeterTree tree = new MeterTree();
    for (YamlMap meter : plant.list("meters").maps()) {
      meter(meter, tree);
    }
    tree.check(plant);
    buses.close(plant);
    References scales = new References("scale");
    for (YamlMap scale : plant.optionalList("scales").maps()) {
      scale(scale, scales);
    }
    for (YamlMap scanner : plant.optionalList("scanners").maps()) {
      scanner(scanner, scales);
    }
    for (YamlMap portal : plant.optionalList("portals").maps()) {
      portal(portal);
    }
  }

  private void meter(YamlMap yaml, MeterTree tree) {
    String id = devices.declare(yaml);
    Optional<String> parent = yaml.optionalText("parent");
    Meter.Role role = yaml.oneOf("role", Meter.Role.class);
    Optional<String> workstation = yaml.optionalText("workstation");
    workstation.ifPresent(station -> workstations.require(yaml, "workstation", station));
    String profileId = yaml.text("profile");
    String carrier = carrier(yaml);
    String serial =
        yaml.optionalValue(
                "serial", text -> Scalars.matching(text, SERIAL, "printable, at most 64 long"))
            .orElse("");
    if (!profileId.equals(IMPORTED)) {
      access
          .read(yaml, id, profileId)
          .ifPresent(
              way -> {
                units.check(yaml, carrier, way.counts());
                meterConnections.add(new MeterConnection(id, way, serial));
              });
    }
    Meter meter =
        new Meter(
            id,
            yaml.text("name"),
            parent,
            role,
            workstation,
            yaml.optionalText("profile").orElse(""),
            serial,
            accuracyClass(yaml),
            maxPowerWatts(yaml),
            carrier,
            yaml.duration("maxGap", Duration.ofMillis(Meter.DEFAULT_MAX_GAP_MILLIS)).toMillis(),
            modulus(yaml));
    yaml.close();
    tree.add(yaml, meter);
    meters.add(meter);
  }

  private String carrier(YamlMap yaml) {
    String carrier = yaml.optionalText("carrier").orElse(Meter.ELECTRICITY);
    if (carrier.equals(Meter.ELECTRICITY) || carriers.ids().contains(carrier)) {
      return carrier;
    }
    carriers.require(yaml, "carrier", carrier);
    return Meter.ELECTRICITY;
  }

  private void scale(YamlMap yaml, References scales) {
    String id = devices.declare(yaml);
    scales.declare(yaml, "id", id);
    LineAddress line = BusReader.line(yaml, LineAddress.Parity.NONE);
    if (yaml.has("address")) {
      addresses.claim(yaml, "address", line.toString(), id);
    }
    profiles
        .find(yaml, yaml.text("profile"), ScaleProfile.class, "a scale")
        .ifPresent(known -> scaleConnections.add(new ScaleConnection(id, known, line)));
    yaml.close();
  }

  private void scanner(YamlMap yaml, References scales) {
    String id = devices.declare(yaml);
    String workstation = yaml.text("workstation");
    workstations.require(yaml, "workstation", workstation);
    Scanner.Step step = yaml.oneOf("step", Scanner.Step.class);
    Optional<String> scale = yaml.optionalText("scale");
    scale.ifPresent(bound -> scales.require(yaml, "scale", bound));
    if (scale.isPresent() && (step == Scanner.Step.PACK || step == Scanner.Step.UNPACK)) {
      yaml.error("scale", "bad-value", "packing and unpacking weigh nothing: leave 'scale' out");
    }
    Optional<String> destination = PortalReader.destination(yaml, step, "scanner");
    silos.scanner(yaml, id, step, scale);
    HostPort address = yaml.address("address");
    addresses.claim(yaml, address, id);
    String profile = yaml.optionalText("profile").orElse(DEFAULT_SCANNER);
    FeedbackPins pins =
        yaml.optionalMap("feedback").map(FeedbackPins::read).orElse(FeedbackPins.NONE);
    profiles
        .find(yaml, profile, ScannerProfile.class, "a scanner")
        .ifPresent(
            known -> scannerConnections.add(new ScannerConnection(id, known, address, pins)));
    yaml.close();
    scanners.add(new Scanner(id, workstation, step, scale, destination));
  }

  private void portal(YamlMap yaml) {
    String id = devices.declare(yaml);
    portals.add(PortalReader.read(yaml, id, workstations));
    HostPort address = yaml.address("address");
    addresses.claim(yaml, address, id);
    Duration visit = PortalReader.visit(yaml);
    String profile = yaml.optionalText("profile").orElse(DEFAULT_PORTAL);
    profiles
        .find(yaml, profile, PortalProfile.class, "a portal")
        .ifPresent(known -> portalConnections.add(new PortalConnection(id, known, address, visit)));
    yaml.close();
  }

  private static String accuracyClass(YamlMap yaml) {
    BigDecimal percent = yaml.decimal("accuracyClass");
    if (percent.signum() <= 0 || percent.compareTo(BigDecimal.TEN) > 0) {
      yaml.error(
          "accuracyClass", "bad-value", "'accuracyClass' is in percent, above 0, at most 10");
    }
    return percent.toPlainString();
  }

  private static OptionalLong modulus(YamlMap yaml) {
    Optional<BigDecimal> modulus = yaml.optionalDecimal("modulusKwh");
    if (modulus.isEmpty()) {
      return OptionalLong.empty();
    }
    BigDecimal milliwattHours = modulus.get().movePointRight(6).stripTrailingZeros();
    if (milliwattHours.signum() <= 0
        || milliwattHours.scale() > 0
        || milliwattHours.compareTo(LARGEST_MODULUS) > 0) {
      yaml.error("modulusKwh", "bad-value", "'modulusKwh' must be above 0, in whole mWh");
      return OptionalLong.empty();
    }
    return OptionalLong.of(milliwattHours.longValueExact());
  }

  private static long maxPowerWatts(YamlMap yaml) {
    BigDecimal watts = yaml.decimal("maxPowerKw").movePointRight(3).stripTrailingZeros();
    if (watts.signum() <= 0 || watts.scale() > 0 || watts.compareTo(LARGEST_WATTS) > 0) {
      yaml.error("maxPowerKw", "bad-value", "'maxPowerKw' must be above 0, in whole watts");
      return 1;
    }
    return watts.longValueExact();
  }
}
