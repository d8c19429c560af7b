package io.tracegram.gateway.dashboard;

import io.tracegram.runtime.web.Figure;
import java.util.List;
import java.util.Optional;

/**
 * The page of one lot, ready to be written. Immutable.
 *
 * @param ownSoFar from the intervals closed so far
 * @param ownWidth length of the own part in a bar of 1,000
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
    Figure mass,
    Figure remaining,
    Figure ownSoFar,
    Figure energy,
    Optional<NowView.LotRow.Carbon> carbon,
    Optional<Figure> secondary,
    int ownWidth,
    List<Input> inputs,
    EvidenceMark evidence,
    String evidenceText,
    String jsonHref,
    String asOf) {

  /** What went into it. */
  public record Input(
      String number, String material, String href, Figure mass, Figure co2e, String basis) {}
}
