package io.tracegram.gateway.dashboard;

import io.tracegram.runtime.web.Figure;
import java.util.List;
import java.util.Optional;

/**
 * The page of one lot, ready to be written. Immutable.
 *
 * @param unit sentence about the unit it is in, empty if it is in none
 * @param ownSoFar from the intervals closed so far
 * @param primary a sentence about the share of primary data, empty if there is no total
 */
public record LotView(
    Frame frame,
    String facility,
    String number,
    String numberKind,
    String gtin,
    String material,
    String state,
    String since,
    String unit,
    Figure mass,
    Figure remaining,
    Figure ownSoFar,
    Figure energy,
    Optional<Carbon> carbon,
    Optional<Figure> secondary,
    String primary,
    List<Part> components,
    List<Input> inputs,
    List<Leg> legs,
    List<Claim> claims,
    EvidenceMark evidence,
    String evidenceText,
    String jsonHref,
    String asOf) {

  /**
   * Final figures.
   *
   * @param directWidth length of the direct part in a bar of 1,000
   * @param ownWidth length of the direct and the absorbed part
   */
  public record Carbon(
      Figure direct,
      Figure absorbed,
      Figure inherited,
      Figure total,
      Figure perKilogram,
      int directWidth,
      int ownWidth) {}

  /** A component of what it carries. */
  public record Part(String name, Figure co2e, String note) {}

  /** A part of the way that it came. */
  public record Leg(String mode, String distance, Figure co2e, String factor) {}

  /** What went into it. */
  public record Input(
      String number, String material, String href, Figure mass, Figure co2e, String basis) {}

  /**
   * What is claimed of its material.
   *
   * @param text how it may be said
   * @param share which part of the lot it covers
   */
  public record Claim(
      String text,
      String company,
      Figure mass,
      String share,
      String model,
      EvidenceMark evidence) {}
}
