package io.tracegram.runtime.config;

import io.tracegram.runtime.profile.DeviceProfile;
import io.tracegram.runtime.profile.PortalProfile;
import io.tracegram.runtime.profile.ScaleProfile;
import io.tracegram.runtime.profile.ScannerProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A device profile as a file {@code <vendor>/<model>.yaml} describes it. Immutable. */
public record ProfileFile(Path file, DeviceProfile profile) {
  static final Set<String> KEYS =
      Set.of(
          "kind",
          "vendor",
          "model",
          "source",
          "registers",
          "discovery",
          "table",
          "addressBase",
          "protocol",
          "manufacturer",
          "medium",
          "format",
          "mode",
          "records",
          "serial",
          "values");

  private enum Kind {
    MODBUS_METER,
    M_BUS_METER,
    COAP_METER,
    SML_METER,
    SCALE,
    SCANNER,
    PORTAL
  }

  /** Reads one profile; its id is the last two names of the path, without the ending. */
  public static Loaded<ProfileFile> load(Path file) {
    return Loaded.of(diagnostics -> read(file, diagnostics));
  }

  static Optional<ProfileFile> read(Path file, Diagnostics diagnostics) {
    return YamlReader.read(file, diagnostics).flatMap(ProfileFile::read);
  }

  static Optional<ProfileFile> read(YamlMap yaml) {
    int errorsBefore = yaml.diagnostics().errorCount();
    String id = idOf(yaml.file());
    Identity identity =
        new Identity(id, yaml.text("vendor"), yaml.text("model"), yaml.text("source"));
    Optional<? extends DeviceProfile> profile =
        switch (yaml.oneOf("kind", Kind.class)) {
          case MODBUS_METER -> new MeterProfileReader(yaml).read(identity);
          case M_BUS_METER -> new MBusProfileReader(yaml).read(identity);
          case COAP_METER -> new CoapProfileReader(yaml).read(identity);
          case SML_METER -> new SmlProfileReader(yaml).read(identity);
          case SCALE -> Optional.of(scale(yaml, identity));
          case SCANNER -> Optional.of(scanner(yaml, identity));
          case PORTAL -> Optional.of(portal(yaml, identity));
        };
    yaml.close();
    if (yaml.diagnostics().errorCount() > errorsBefore) {
      return Optional.empty();
    }
    return profile.map(sound -> new ProfileFile(yaml.file(), sound));
  }

  /** The keys that all kinds have. */
  record Identity(String id, String vendor, String model, String source) {}

  static String idOf(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    int names = absolute.getNameCount();
    String model = absolute.getName(names - 1).toString().replaceFirst("\\.ya?ml$", "");
    return names < 2
        ? model
        : String.join("/", List.of(absolute.getName(names - 2).toString(), model));
  }

  private static ScaleProfile scale(YamlMap yaml, Identity identity) {
    return new ScaleProfile(
        identity.id(),
        identity.vendor(),
        identity.model(),
        identity.source(),
        yaml.oneOf("protocol", ScaleProfile.Protocol.class),
        (int) yaml.integer("timeoutMillis", 100, 60_000, 2_000));
  }

  private static PortalProfile portal(YamlMap yaml, Identity identity) {
    return new PortalProfile(
        identity.id(),
        identity.vendor(),
        identity.model(),
        identity.source(),
        yaml.oneOf("protocol", PortalProfile.Protocol.class),
        (int) yaml.integer("keepaliveMillis", 1_000, 60_000, 5_000));
  }

  private static ScannerProfile scanner(YamlMap yaml, Identity identity) {
    return new ScannerProfile(
        identity.id(),
        identity.vendor(),
        identity.model(),
        identity.source(),
        yaml.oneOf("acknowledgement", ScannerProfile.Acknowledgement.class),
        yaml.oneOf("feedback", ScannerProfile.Feedback.class, ScannerProfile.Feedback.NONE),
        (int) yaml.integer("maxLineBytes", 16, 4_096, 1_024));
  }
}
