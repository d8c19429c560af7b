package io.tracegram.runtime.config;

import io.tracegram.ledger.emission.EmissionFactor;
import io.tracegram.ledger.plant.Absorption;
import io.tracegram.ledger.plant.Additions;
import io.tracegram.ledger.plant.Cogeneration;
import io.tracegram.ledger.plant.FacilityLocation;
import io.tracegram.ledger.plant.PlantModel;
import io.tracegram.ledger.plant.PrimaryData;
import io.tracegram.ledger.plant.Transport;
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
  private final SharingReader sharing = new SharingReader();
  private final CustodyModelReader custody = new CustodyModelReader();
  private final FactorReader factors = new FactorReader(this::factorSets);
  private final PackagingReader packaging = new PackagingReader(factors);
  private final References gtins = new References("material");

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
    SiloReader silos = new SiloReader(workstations);
    silos.declare(yaml.optionalList("silos"));
    DeviceReader reader =
        new DeviceReader(
            ownProfiles(),
            new DeviceReader.Names(workstations, devices, energies, new CarrierUnits(carriers)),
            silos);
    reader.read(yaml);
    List<PlantModel.Material> materials = materials();
    Transport transport = transport(materials);
    Additions additions =
        Additions.NONE
            .withSilos(silos.silos(materials))
            .withSuppliers(SupplierReader.read(yaml.optionalList("suppliers")))
            .with(
                yaml.optionalMap("primaryData")
                    .map(PrimaryDataReader::read)
                    .orElse(PrimaryData.ACTIVITY));
    custody.site(yaml);
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
            additions(
                additions.with(cogeneration).with(absorption).with(transport).with(reader.places()),
                facility));
    return Optional.of(
        new PlantFile(
            yaml.file(),
            model,
            reader.meterConnections(),
            reader.scaleConnections(),
            reader.scannerConnections(),
            reader.portalConnections(),
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

  /** Adds what was read along with workstations, materials and the facility. */
  private Additions additions(Additions read, Facility facility) {
    Additions stated =
        read.with(floor.rules())
            .withWalks(floor.walks())
            .with(sharing.sharing())
            .with(packaging.packaging())
            .with(custody.models());
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
      sharing.workstation(station, id);
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
      packaging.material(material, gtin);
      custody.material(material, gtin);
      material.close();
    }
    return materials;
  }

  /** What has a secondary factor is bought, so that it came by some way. */
  private Transport transport(List<PlantModel.Material> materials) {
    TransportReader reader = new TransportReader(factors, gtins);
    Transport transport = reader.read(yaml.optionalList("transport"));
    if (!transport.routes().isEmpty()) {
      for (PlantModel.Material material : materials) {
        if (material.secondaryFactor().isPresent()
            && !floor.rules().isWaste(material.gtin())
            && !reader.named().contains(material.gtin())) {
          yaml.warning(
              "transport",
              "no-route",
              "'%s' (%s) has no route, and others have: its lots carry no transport"
                  .formatted(material.name(), material.gtin()));
        }
      }
    }
    return transport;
  }
}
