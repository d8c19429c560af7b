package io.tracegram.runtime.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files of a small plant, correct until a test spoils a line. */
final class ConfigFixture {
  static final String PLANT =
      """
      facility: {id: refinery, name: Refinery, operator: refinery.example, timeZone: Europe/Warsaw}
      agents: [refinery-agent]
      grid:
        factor: {id: grid-pl, kgCo2ePerKwh: "0.61498", edition: 2024, boundary: life-cycle, gwp: AR5, source: Ember, licence: CC BY 4.0}
      workstations:
        - {id: calciner, name: Calciner}
      meters:
        - {id: main, name: Grid, role: grid-import, profile: acme/m1, address: "tcp://127.0.0.1:8082", accuracyClass: 0.5, maxPowerKw: 2000}
        - {id: sub, name: Calciner, parent: main, role: consumption, workstation: calciner, profile: acme/m1, address: "tcp://127.0.0.1:8083", unit: 3, serial: A-1, accuracyClass: 1, maxPowerKw: 1500.5}
      scales:
        - {id: floor-scale, profile: acme/scale, address: "tcp://127.0.0.1:8085"}
      scanners:
        - {id: calciner-in, workstation: calciner, step: input, scale: floor-scale, profile: acme/scanner, address: "tcp://127.0.0.1:8087"}
      materials:
        - {gtin: 09520000000011, name: Cobalt hydroxide}
      """;

  static final String METER_PROFILE =
      """
      kind: modbus-meter
      vendor: Acme
      model: M1
      source: Acme M1 manual
      table: holding
      addressBase: 1
      byteOrder: CDAB
      minGapMillis: 20
      maxBlock: 125
      registers:
        - {id: energy-import, address: 3204, type: u32, unit: kWh, scale: 0.1, kind: cumulative}
        - {id: serial, address: 130, type: string, words: 8, byteOrder: ABCD, kind: identity}
      """;

  private final Path directory;

  ConfigFixture(Path directory) throws IOException {
    this.directory = directory;
    write("profiles/acme/m1.yaml", METER_PROFILE);
    write(
        "profiles/acme/scale.yaml",
        "{kind: scale, vendor: Acme, model: S, source: manual, protocol: mt-sics}");
    write(
        "profiles/acme/scanner.yaml",
        "{kind: scanner, vendor: Acme, model: X, source: manual, acknowledgement: ack-nak}");
    write(
        "profiles/acme/reader.yaml",
        "{kind: portal, vendor: Acme, model: R, source: manual, protocol: llrp}");
  }

  Path write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(directory.resolve(name).resolveSibling("."));
    return Files.writeString(file, text);
  }

  ProfileCatalog profiles() {
    return ProfileCatalog.of(directory.resolve("profiles"));
  }

  /** Checks one text as {@code name} and returns the problems as people see them, without paths. */
  List<String> check(String name, String text) throws IOException {
    return ConfigCheck.check(List.of(write(name, text)), profiles()).stream()
        .map(problem -> problem.toString().replace(directory + "/", ""))
        .toList();
  }
}
