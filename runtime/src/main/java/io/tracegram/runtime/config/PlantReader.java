package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.plant.Absorption;
import io.tracegram.ledger.plant.Additions;
import io.tracegram.ledger.plant.Cogeneration;
import io.tracegram.ledger.plant.FacilityLocation;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.runtime.history.HistoryForm;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the keys of a plant file. Single-threaded, used once. */
final class PlantReader {
  private static final Pattern FACILITY = Pattern.compile("[a-z0-9-]{1,40}");
  private static final Pattern DOMAIN = Pattern.compile("(?=.{1,100}$)[a-z0-9-]+(\\.[a-z0-9-]+)+");

  private final YamlMap yaml;
  private final ProfileCatalog profiles;
  private final References workstations = new References("workstation");
  private final References devices = new References("device");
  private final References energies = new References("carrier");
  private final FloorRulesReader floor = new FloorRulesReader();
  private final FactorReader factors = new FactorReader(this::factorSets);

  PlantReader(YamlMap yaml, ProfileCatalog profiles) {
    this.yaml = yaml;
    this.profiles = profiles;
  }

  /** Returns the plant, empty if a problem was reported. */
  Optional<PlantFile> read() {
    int errorsBefore = yaml.diagnostics().errorCount();
    Facility facility = yaml.map("facility").map(PlantReader::facility).orElse(Facility.NONE);
    List<String> agents = agents();
    Optional<PlantModel.Grid> grid = yaml.map("grid").map(read -> GridReader.read(read, factors));
    List<PlantModel.Carrier> carriers = carriers();
    List<PlantModel.Workstation> stations = stations();
    DeviceReader reader = new DeviceReader(ownProfiles(), workstations, devices, energies);
    reader.read(yaml);
    List<PlantModel.Material> materials = materials();
    List<Cogeneration> cogeneration =
        new CogenerationReader(reader.meters(), carriers).read(yaml.optionalList("cogeneration"));
    Absorption absorption =
        yaml.optionalMap("absorption").map(AbsorptionReader::read).orElse(Absorption.DEFAULT);
    HistoryForm history =
        yaml.optionalMap("import")
            .map(
                read ->
                    HistoryReader.read(
                        read, reader.meters().stream().map(PlantModel.Meter::id).toList()))
            .orElse(HistoryForm.PLAIN);
    yaml.has("factors"); // read only when a factor is named
    yaml.close();
    if (yaml.diagnostics().errorCount() > errorsBefore || grid.isEmpty()) {
      return Optional.empty();
    }
    PlantModel model =
        new PlantModel(
            facility.id(),
            facility.name(),
            facility.operator(),
            facility.timeZone(),
            facility.simulated(),
            agents,
            grid.get(),
            carriers,
            stations,
            reader.meters(),
            reader.scaleConnections().stream().map(ScaleConnection::id).toList(),
            reader.scanners(),
            materials,
            additions(cogeneration, absorption, facility));
    return Optional.of(
        new PlantFile(
            yaml.file(),
            model,
            reader.meterConnections(),
            reader.scaleConnections(),
            reader.scannerConnections(),
            history,
            factors.named()));
  }

  private record Facility(
      String id,
      String name,
      String operator,
      String timeZone,
      boolean simulated,
      Optional<FacilityLocation> location) {
    static final Facility NONE = new Facility("", "", "", "", false, Optional.empty());
  }

  private static Facility facility(YamlMap facility) {
    Facility read =
        new Facility(
            facility.value(
                "id",
                text -> Scalars.matching(text, FACILITY, "a-z, 0-9 and -, at most 40 characters"),
                ""),
            facility.text("name"),
            facility.value(
                "operator",
                text -> Scalars.matching(text, DOMAIN, "a domain such as refinery.example"),
                ""),
            facility.value("timeZone", Scalars::timeZone, ""),
            facility.flag("simulated", false),
            facility.optionalMap("location").map(PlantReader::location));
    facility.close();
    return read;
  }

  private static FacilityLocation location(YamlMap location) {
    FacilityLocation read =
        new FacilityLocation(
            location.value("latitude", text -> degrees(text, 90), 0),
            location.value("longitude", text -> degrees(text, 180), 0));
    location.close();
    return read;
  }

  /** Reads degrees as whole 1e-7 degrees. */
  private static int degrees(String text, int most) {
    BigDecimal degrees = Scalars.decimalWithPoint(text);
    if (degrees.abs().compareTo(BigDecimal.valueOf(most)) > 0
        || degrees.stripTrailingZeros().scale() > 7) {
      throw new IllegalArgumentException(
          "must be -%d to %d degrees with at most seven decimals, not '%s'"
              .formatted(most, most, text));
    }
    return degrees.movePointRight(7).intValueExact();
  }

  private Additions additions(
      List<Cogeneration> cogeneration, Absorption absorption, Facility facility) {
    Additions stated =
        Additions.NONE
            .with(cogeneration)
            .with(absorption)
            .with(floor.rules())
            .withWalks(floor.walks());
    return facility.location().map(stated::with).orElse(stated);
  }

  private List<String> agents() {
    List<String> agents = new ArrayList<>();
    for (YamlText agent : yaml.list("agents").texts()) {
      String problem = "";
      if (agents.contains(agent.text())) {
        problem = "'" + agent.text() + "' is listed twice";
      } else if (agent.text().equals("gateway")) {
        problem = "'gateway' is the gateway's own name, an agent needs another";
      }
      try {
        YamlMap.checkedId(agent.text());
      } catch (IllegalArgumentException e) {
        problem = "an agent " + e.getMessage();
      }
      if (!problem.isEmpty()) {
        yaml.diagnostics().error(yaml.file(), agent.line(), "bad-value", problem);
      }
      agents.add(agent.text());
    }
    return agents;
  }

  private List<PlantModel.Carrier> carriers() {
    List<PlantModel.Carrier> carriers = new ArrayList<>();
    for (YamlMap carrier : yaml.optionalList("carriers").maps()) {
      CarrierReader.read(carrier, energies, factors).ifPresent(carriers::add);
    }
    return carriers;
  }

  private List<PlantModel.Workstation> stations() {
    List<PlantModel.Workstation> stations = new ArrayList<>();
    for (YamlMap station : yaml.optionalList("workstations").maps()) {
      String id = workstations.declare(station);
      stations.add(new PlantModel.Workstation(id, station.text("name")));
      floor.workstation(station, id);
      station.close();
    }
    return stations;
  }

  private ProfileCatalog ownProfiles() {
    return directory("profiles")
        .map(
            directory -> {
              ProfileCatalog own = ProfileCatalog.of(directory);
              report(own.diagnostics());
              return profiles.with(own);
            })
        .orElse(profiles);
  }

  /** Returns the sets that come with the program, and the plant's own, which win. */
  private FactorCatalog factorSets() {
    FactorCatalog bundled = FactorCatalog.bundled();
    return directory("factors")
        .map(
            directory -> {
              FactorCatalog own = FactorCatalog.of(directory);
              report(own.diagnostics());
              return bundled.with(own);
            })
        .orElse(bundled);
  }

  private Optional<Path> directory(String key) {
    if (!yaml.has(key)) {
      return Optional.empty();
    }
    Path directory = yaml.path(key);
    if (!Files.isDirectory(directory)) {
      yaml.error(key, "unreadable", "there is no directory " + directory);
      return Optional.empty();
    }
    return Optional.of(directory);
  }

  private void report(List<Diagnostic> problems) {
    for (Diagnostic problem : problems) {
      yaml.diagnostics().error(problem.file(), problem.line(), problem.code(), problem.message());
    }
  }

  private List<PlantModel.Material> materials() {
    References gtins = new References("material");
    List<PlantModel.Material> materials = new ArrayList<>();
    for (YamlMap material : yaml.optionalList("materials").maps()) {
      String gtin = material.value("gtin", Scalars::gtin, "");
      gtins.declare(material, "gtin", gtin);
      Optional<EmissionFactor> factor =
          material
              .optionalMap("secondaryFactor")
              .flatMap(read -> factors.read(read, "kgCo2ePerKg", EmissionFactor.Unit.KG));
      materials.add(new PlantModel.Material(gtin, material.text("name"), factor));
      floor.material(material, gtin);
      material.close();
    }
    return materials;
  }
}
