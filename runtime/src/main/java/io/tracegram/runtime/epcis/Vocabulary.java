package io.tracegram.runtime.epcis;

import java.util.Optional;
import java.util.Set;

/**
 * The standard vocabularies of CBV 2.0 and, for sensors, of the GS1 Web Vocabulary: their terms as
 * bare strings, Web URIs and, where CBV 1.2 had them, URNs.
 */
public enum Vocabulary {
  BUSINESS_STEP(
      "https://ref.gs1.org/cbv/BizStep-",
      "urn:epcglobal:cbv:bizstep:",
      """
      accepting arriving assembling collecting commissioning consigning creating_class_instance
      cycle_counting decommissioning departing destroying disassembling dispensing encoding
      entering_exiting holding inspecting installing killing loading other packing picking receiving
      removing repackaging repairing replacing reserving retail_selling sampling sensor_reporting
      shipping staging_outbound stock_taking stocking storing transporting unloading unpacking
      void_shipping"""),
  DISPOSITION(
      "https://ref.gs1.org/cbv/Disp-",
      "urn:epcglobal:cbv:disp:",
      """
      active available completeness_inferred completeness_verified conformant container_closed
      container_open damaged destroyed dispensed disposed encoded expired in_progress in_transit
      inactive mismatch_class mismatch_instance mismatch_quantity needs_replacement
      no_pedigree_match non_conformant non_sellable_other partially_dispensed recalled reserved
      retail_sold returned sellable_accessible sellable_not_accessible stolen unavailable unknown"""),
  BUSINESS_TRANSACTION(
      "https://ref.gs1.org/cbv/BTT-",
      "urn:epcglobal:cbv:btt:",
      "bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt"),
  SOURCE_OR_DESTINATION(
      "https://ref.gs1.org/cbv/SDT-",
      "urn:epcglobal:cbv:sdt:",
      "owning_party possessing_party location"),
  ERROR_REASON(
      "https://ref.gs1.org/cbv/ER-", "urn:epcglobal:cbv:er:", "did_not_occur incorrect_data"),
  COMPONENT(
      "https://ref.gs1.org/cbv/Comp-",
      "urn:epcglobal:cbv:comp:",
      """
      x y z axial_distance azimuth height spherical_radius polar_angle elevation_angle easting
      northing latitude longitude altitude"""),
  MEASUREMENT(
      "https://gs1.org/voc/",
      "https://www.gs1.org/voc/",
      """
      AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Altitude AmountOfSubstance
      AmountOfSubstancePerUnitVolume Angle AngularAcceleration AngularMomentum AngularVelocity Area
      Capacitance Conductance Conductivity Count Density Dimensionless DoseEquivalent
      DoseEquivalentRate DynamicViscosity ElectricCharge ElectricCurrent ElectricCurrentDensity
      ElectricFieldStrength Energy Exposure Force Frequency Illuminance Inductance Irradiance
      KinematicViscosity Length LinearMomentum Luminance LuminousFlux LuminousIntensity MagneticFlux
      MagneticFluxDensity MagneticVectorPotential Mass MassConcentration MassFlowRate
      MassPerAreaTime MemoryCapacity MolalityOfSolute MolarEnergy MolarMass MolarVolume Power
      Pressure RadiantFlux RadiantIntensity Radioactivity RelativeHumidity Resistance Resistivity
      SolidAngle SpecificVolume Speed SurfaceDensity SurfaceTension Temperature Time Torque Voltage
      Volume VolumeFlowRate VolumeFraction VolumetricFlux Wavenumber"""),
  SENSOR_ALERT(
      "https://gs1.org/voc/", "https://www.gs1.org/voc/", "ALARM_CONDITION ERROR_CONDITION");

  private final String webPrefix;
  private final String otherPrefix;
  private final Set<String> terms;

  Vocabulary(String webPrefix, String otherPrefix, String terms) {
    this.webPrefix = webPrefix;
    this.otherPrefix = otherPrefix;
    this.terms = Set.of(terms.split("\\s+"));
  }

  /**
   * Returns the vocabulary of a member's values.
   *
   * @param parent the member whose value holds it, with or without {@code List}; empty for the
   *     event itself
   */
  static Optional<Vocabulary> of(String member, String parent) {
    return switch (member) {
      case "bizStep" -> when(parent.isEmpty(), BUSINESS_STEP);
      case "disposition" -> when(parent.isEmpty(), DISPOSITION);
      case "set", "unset" -> when(parent.equals("persistentDisposition"), DISPOSITION);
      case "reason" -> when(parent.equals("errorDeclaration"), ERROR_REASON);
      case "exception" -> when(parent.equals("sensorReport"), SENSOR_ALERT);
      case "component" -> when(parent.equals("sensorReport"), COMPONENT);
      case "type" ->
          switch (parent) {
            case "bizTransaction", "bizTransactionList" -> Optional.of(BUSINESS_TRANSACTION);
            case "source", "destination", "sourceList", "destinationList" ->
                Optional.of(SOURCE_OR_DESTINATION);
            case "sensorReport" -> Optional.of(MEASUREMENT);
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  private static Optional<Vocabulary> when(boolean holds, Vocabulary vocabulary) {
    return holds ? Optional.of(vocabulary) : Optional.empty();
  }

  Set<String> terms() {
    return terms;
  }

  /** Returns the Web URI of a term of this vocabulary. */
  String webUri(String term) {
    return webPrefix + term;
  }

  /**
   * Returns the term that a bare string, Web URI or URN names; empty if it is none of this
   * vocabulary.
   */
  public Optional<String> term(String text) {
    String bare = local(text).orElse(text);
    return terms.contains(bare) ? Optional.of(bare) : Optional.empty();
  }

  /** Returns what follows this vocabulary's own prefix, be it a term or not. */
  Optional<String> local(String text) {
    if (text.startsWith(webPrefix)) {
      return Optional.of(text.substring(webPrefix.length()));
    }
    return text.startsWith(otherPrefix)
        ? Optional.of(text.substring(otherPrefix.length()))
        : Optional.empty();
  }
}
