package io.tracegram.ledger.account;

import io.tracegram.ledger.emission.Basis;
import io.tracegram.ledger.lot.Burden;

/**
 * What a lot carries by component, since the third calculator; immutable.
 *
 * @param headline the basis of scope 2 that counts in sums
 * @param direct of its production here, its packaging included
 * @param absorbed of the facility's overhead
 * @param brought by what it was made of, or by itself if it was received; its transport here is the
 *     sum of the legs by which that came
 * @param primary by which policy its primary data was counted
 */
public record LotDetail(
    Revision revision,
    Basis headline,
    Burden direct,
    Burden absorbed,
    Burden brought,
    PrimaryPolicy primary) {
  /** A figure of a plant that names no policy. */
  public LotDetail(
      Revision revision, Basis headline, Burden direct, Burden absorbed, Burden brought) {
    this(revision, headline, direct, absorbed, brought, PrimaryPolicy.DEFAULT);
  }

  LotDetail as(Revision next) {
    return new LotDetail(next, headline, direct, absorbed, brought, primary);
  }

  /** Returns all that the lot hands on. */
  public Burden carried() {
    return direct.plus(absorbed).plus(brought);
  }
}
