package io.tracegram.runtime.web;

import io.tracegram.ledger.claim.HeldClaim;
import io.tracegram.ledger.evidence.Hash;
import io.tracegram.ledger.evidence.statement.CustodyModel;
import io.tracegram.ledger.evidence.statement.MaterialClaim;
import io.tracegram.ledger.quantity.Decimals;
import io.tracegram.ledger.quantity.Mass;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/** Says claims in words, never stronger than their custody model lets them be. Stateless. */
public final class ClaimText {
  private ClaimText() {}

  public static String model(CustodyModel model) {
    return model.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns which part of a lot a claim covers, percent, rounded down. */
  public static String percent(Mass covered, Mass whole) {
    return whole.milligrams() <= 0
        ? "0"
        : Decimals.canonical(
            BigDecimal.valueOf(covered.milligrams())
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(whole.milligrams()), 4, RoundingMode.DOWN));
  }

  /** Returns how a claim may be said of a lot (ISO 22095). */
  public static String wording(HeldClaim held, Mass whole) {
    return switch (held.model()) {
      case IDENTITY_PRESERVED, SEGREGATED -> "contains";
      case CONTROLLED_BLENDING -> "contains " + percent(held.mass(), whole) + " %";
      case MASS_BALANCE, BOOK_AND_CLAIM -> "attributed, may not physically contain";
    };
  }

  public static String of(MaterialClaim claim) {
    return switch (claim) {
      case MaterialClaim.Origin(String country, String site) ->
          "material of " + site + ", " + country;
      case MaterialClaim.RiskMaterial(var element, int ppm) ->
          part(ppm) + " % " + element.name().toLowerCase(Locale.ROOT);
      case MaterialClaim.Recycled(int ppm, var source) ->
          part(ppm) + " % recycled, " + source.name().toLowerCase(Locale.ROOT).replace('_', '-');
      case MaterialClaim.Certificate(String scheme, String number, var _, var _) ->
          "material under certificate " + scheme + " " + number;
      case MaterialClaim.DueDiligence(String title, var _) ->
          "material with due diligence: " + title;
    };
  }

  /** Returns who signed something that a supplier says. */
  public static String signedBy(Optional<Hash> key) {
    return key.isPresent()
        ? "the supplier's key"
        : "a gateway; a person at its plant entered it on the supplier's behalf";
  }

  /**
   * Returns how something that a supplier says came, to follow the supplier's name.
   *
   * @param key thumbprint of the supplier's key, if it signed it
   */
  public static String said(Optional<Hash> key) {
    return key.map(known -> "signed by the supplier's key " + known.hex().substring(0, 16))
        .orElse("entered by a person at a plant on the supplier's behalf");
  }

  private static String part(int ppm) {
    return Decimals.canonical(BigDecimal.valueOf(ppm, 4));
  }
}
