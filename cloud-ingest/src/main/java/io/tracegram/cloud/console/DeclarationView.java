package io.tracegram.cloud.console;

import io.tracegram.runtime.web.Figure;
import java.util.List;

/**
 * A product's declaration, ready to be written. Immutable.
 *
 * @param ownWidth length of the own part in a bar of 1,000
 * @param secondaryShare rounded percentage of the total that rests on secondary factors
 * @param primary share of primary data, and by which policy
 * @param exactTotal canonical decimal, kg CO2e; equals the sum of the parts' exact values
 */
public record DeclarationView(
    Frame frame,
    boolean demo,
    String product,
    String serial,
    String gtin,
    String facility,
    Figure mass,
    QrCode code,
    String url,
    Figure total,
    Figure perKilogram,
    Figure own,
    Figure inherited,
    int ownWidth,
    List<Part> parts,
    String exactTotal,
    Figure secondary,
    String secondaryShare,
    String primary,
    List<Stop> journey,
    boolean wholeJourney,
    List<Claim> claims,
    List<Proof> proofs,
    Publication publication,
    String proofUrl,
    String digitalLink) {

  /**
   * A part of the total.
   *
   * @param own true for making the item, false for what came with a component
   * @param restsOn what the figure rests on
   * @param co2e rounded so that all parts add up to the rounded total
   */
  public record Part(
      boolean own, String name, String detail, String restsOn, Mark mark, Figure co2e) {}

  /**
   * What went into the item, or into what went into it.
   *
   * @param depth 1 for what went into the item itself
   * @param wholeLot what its maker says of the whole lot; empty where no facility here made it
   * @param leaf that proves it
   * @param events address of its custody events, empty if there is none
   * @param footprint says where its supplier declared the figure; empty where none did
   */
  public record Stop(
      int depth,
      Part part,
      String wholeLot,
      String leaf,
      String origin,
      String href,
      String events,
      String footprint,
      String footprintHref) {}

  /**
   * What a supplier claims of the item's material.
   *
   * @param text in the words that its custody model allows
   * @param company that claims it, and who signed it
   * @param share of the item's mass, percent
   */
  public record Claim(String text, String company, Figure mass, String share, String model) {}

  /**
   * Where the declaration stands in the central service's own log.
   *
   * @param leaf empty, as all that follows, while nothing is published
   */
  public record Publication(
      Mark mark, String what, String leaf, String origin, String state, String href) {}

  /** Where figures are proven, and how far the proof reaches. */
  public record Proof(
      String facility,
      String origin,
      String leaf,
      String checkpoint,
      Mark auditMark,
      String audit,
      Mark witnessMark,
      String witness,
      String policy,
      String href) {}
}
