package io.tracegram.gateway.dashboard;

import io.tracegram.runtime.web.Figure;
import java.util.List;
import java.util.Optional;

/**
 * The page "Now", ready to be written. Immutable.
 *
 * @param whole true for the page, false for the fragment that is merged into it
 * @param started false until the first reading
 * @param plantTime local date and time of the newest statement
 * @param intakeAge s of system time since the newest admitted statement, -1 before the first
 * @param asOf log size, digits grouped
 */
public record NowView(
    Frame frame,
    boolean whole,
    boolean started,
    String facility,
    String plantTime,
    String plantTimeIso,
    long intakeAge,
    Headline headline,
    List<Part> parts,
    QuartersView quarters,
    List<MeterRow> meters,
    List<OrderRow> orders,
    List<LotRow> lots,
    String lotCount,
    EvidenceCard evidence,
    List<ProblemRow> problems,
    int moreProblems,
    String asOf) {

  /**
   * Power now, and today's sums.
   *
   * @param power at the root meter
   * @param powerNote which meter, or why there is no value
   * @param powerHref evidence of the power, empty if there is none
   * @param period of the sums, local times
   * @param coverage how many quarters of an hour of the period are closed
   * @param quality shares of measured and interpolated energy
   * @param energyHref JSON behind the sums
   */
  public record Headline(
      Optional<Figure> power,
      String powerNote,
      String powerHref,
      Figure energy,
      Figure co2e,
      String day,
      String period,
      String coverage,
      String quality,
      String factor,
      String factorDetail,
      String energyHref,
      String emissionsHref) {}

  /** A part of today's sums: lots, idle, overhead or unattributed. */
  public record Part(String key, String label, String meaning, Figure energy, Figure co2e) {}

  public record MeterRow(
      String id,
      String name,
      String place,
      boolean indented,
      Optional<Figure> power,
      Optional<Figure> register,
      String age,
      Condition condition,
      String reason,
      EvidenceMark evidence) {}

  /** A running production order. */
  public record OrderRow(
      String id,
      String workstation,
      List<String> inputs,
      String since,
      String sinceIso,
      String lasting,
      Figure energy,
      Figure co2e,
      String href) {}

  /**
   * A lot.
   *
   * @param ownSoFar from the intervals closed so far
   * @param carbon present once final; rounded so that own and inherited add up to the total
   */
  public record LotRow(
      String number,
      String material,
      String href,
      Figure mass,
      String state,
      Figure ownSoFar,
      Optional<Carbon> carbon,
      EvidenceMark evidence) {
    /** Final figures. */
    public record Carbon(Figure own, Figure inherited, Figure total, Figure perKilogram) {}
  }

  /** What to do about something. */
  public record ProblemRow(
      String key,
      String subject,
      String code,
      String reason,
      String effect,
      String action,
      String since,
      String count,
      String href) {}

  /**
   * How far the evidence reaches.
   *
   * @param root abbreviated
   * @param rootWhole hexadecimal
   */
  public record EvidenceCard(
      String origin,
      List<Step> steps,
      String root,
      String rootWhole,
      String checkpointSize,
      String refused,
      String conservation,
      boolean conserved) {
    /**
     * One of signed, logged, mirrored, witnessed, timestamped.
     *
     * @param reached leaves, or why there are none
     */
    public record Step(
        String name, String meaning, String reached, Condition condition, String note) {}
  }
}
