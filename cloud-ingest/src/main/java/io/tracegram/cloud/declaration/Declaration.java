package io.tracegram.cloud.declaration;

import io.tracegram.ledger.account.LotAccount;
import io.tracegram.ledger.account.PrimaryPolicy;
import io.tracegram.ledger.claim.Coverage;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.quantity.Co2e;
import io.tracegram.ledger.quantity.Energy;
import io.tracegram.ledger.quantity.Mass;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The footprint of one serialised item; immutable. {@code own + Σ components' co2e = total},
 * exactly.
 *
 * @param item the item, {@code 01/{gtin}/21/{serial}}
 * @param product the material's name
 * @param serial the serial number
 * @param url the page a QR code on the item leads to
 * @param facility that made it
 * @param simulated true if the facility's devices are simulators
 * @param ownEnergy used in making it
 * @param own CO2e of making it, location-based
 * @param inherited CO2e that its components brought along
 * @param secondary the part of {@code inherited} that rests on secondary factors
 * @param primaryPolicy by which the part that is primary data was counted
 * @param journey what it was made of, and what that was made of
 * @param claims what suppliers claim of its material
 * @param published where the central service's own log says so, empty until it does
 */
public record Declaration(
    LotId item,
    String product,
    String serial,
    String url,
    String facility,
    String facilityName,
    boolean simulated,
    Mass mass,
    Energy ownEnergy,
    Co2e total,
    Co2e own,
    Co2e inherited,
    Co2e secondary,
    PrimaryPolicy primaryPolicy,
    Journey journey,
    Coverage claims,
    Evidence evidence,
    Optional<Published> published) {

  /**
   * A consumed part of a lot.
   *
   * @param facility id of the facility that made it; the receiving one for a secondary factor
   * @param co2e that it brought along
   * @param evidence of the figure: the maker's account, or the declaring facility's own for a
   *     secondary factor
   */
  public record Component(
      LotId lot,
      String product,
      String facility,
      Mass mass,
      Co2e co2e,
      LotAccount.Basis basis,
      Evidence evidence) {}

  /**
   * Where a figure is proven.
   *
   * @param leafIndex of the account in the facility's log
   * @param checkpointSize size of the checkpoint that the proof leads to
   * @param state {@code mirrored}, or {@code witnessed} where the policy is met
   * @param proofUrl passport with leaf and tlog-proof, as JSON
   */
  public record Evidence(
      String facility,
      String origin,
      long leafIndex,
      long checkpointSize,
      String state,
      String proofUrl) {}

  /**
   * What the central service's own log says about the declaration.
   *
   * @param origin of that log
   * @param documentHash SHA-256 of the published JSON-LD, hexadecimal
   * @param documentUrl of exactly these bytes
   * @param logged true once a signed checkpoint covers the leaf
   * @param current true if what is published is what these figures say; else a revision follows
   */
  public record Published(
      String origin,
      long leaf,
      long revision,
      String documentHash,
      String documentUrl,
      boolean logged,
      boolean current) {}

  /** Returns what went into the item itself. */
  public List<Component> components() {
    return journey.components();
  }

  /** Returns where its figures are proven, its own first; the same may come twice. */
  public Stream<Evidence> proofs() {
    return Stream.concat(
        Stream.of(evidence), journey.stops().stream().map(stop -> stop.part().evidence()));
  }

  /**
   * Returns the percentage of the total that is primary data, two decimals; empty if there is no
   * positive total.
   */
  public Optional<BigDecimal> primaryDataShare() {
    return PrimaryPolicy.share(total, secondary);
  }

  Declaration with(Published publication) {
    return new Declaration(
        item,
        product,
        serial,
        url,
        facility,
        facilityName,
        simulated,
        mass,
        ownEnergy,
        total,
        own,
        inherited,
        secondary,
        primaryPolicy,
        journey,
        claims,
        evidence,
        Optional.of(publication));
  }
}
