package io.tracegram.cloud.console;

import io.tracegram.runtime.web.Figure;
import java.util.List;

/**
 * The console, ready to be written. Immutable.
 *
 * @param demo true if any facility is simulated
 */
public record OverviewView(
    Frame frame,
    boolean demo,
    List<FacilityCard> facilities,
    List<DeclarationRow> declarations,
    String declarationCount,
    List<ExceptionRow> exceptions,
    String exceptionCount) {

  /**
   * A facility.
   *
   * @param behind leaves that are mirrored and not audited yet
   * @param seen when its gateway last completed an upload
   */
  public record FacilityCard(
      String id,
      String name,
      String origin,
      boolean simulated,
      Mark mark,
      String verdict,
      String reason,
      String mirrored,
      String audited,
      String behind,
      String seen,
      List<WitnessRow> witnesses,
      Figure energy,
      Figure co2e,
      String lots) {}

  /**
   * Something wrong with goods; its texts may be a stranger's.
   *
   * @param key of the row
   * @param leaf that shows it, in the facility's log
   */
  public record ExceptionRow(
      String key,
      String facility,
      String code,
      String subject,
      String reason,
      String effect,
      String action,
      String since,
      String count,
      String leaf) {}

  /** How far a witness vouches. */
  public record WitnessRow(String name, Mark mark, String reach) {}

  /** A declared item; own and inherited are rounded so that they add up to the total. */
  public record DeclarationRow(
      String href,
      String product,
      String serial,
      String facility,
      boolean simulated,
      Figure own,
      Figure inherited,
      Figure total) {}
}
