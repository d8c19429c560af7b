package io.tracegram.gateway;

import io.tracegram.gateway.account.AccountStage;
import io.tracegram.gateway.replicate.PassportClient;
import io.tracegram.gateway.replicate.PassportDesk;
import io.tracegram.ledger.account.FacilityLedger;
import io.tracegram.ledger.custody.LotId;
import io.tracegram.ledger.evidence.statement.Body;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The accounts as those whom passports are for; waits for them. Thread-safe. */
final class PassportReceiver implements PassportClient.Receiver {
  private final AccountStage accounts;

  PassportReceiver(AccountStage accounts) {
    this.accounts = accounts;
  }

  @Override
  public List<LotId> wanted() {
    return accounts.ask(FacilityLedger::passportsWanted).join();
  }

  @Override
  public List<LotId> outdated(String facility, Map<LotId, Integer> revisions) {
    return accounts
        .ask(
            ledger ->
                revisions.entrySet().stream()
                    .filter(
                        lot -> {
                          OptionalInt taken = ledger.passportRevision(facility, lot.getKey());
                          return taken.isPresent() && taken.getAsInt() < lot.getValue();
                        })
                    .map(Map.Entry::getKey)
                    .toList())
        .join();
  }

  @Override
  public boolean takes(PassportDesk.Verdict.Accepted passport) {
    return accounts
        .ask(ledger -> ledger.takesPassport(passport.facility(), passport.account()))
        .join();
  }

  @Override
  public void received(Body.LotPassport passport) {
    accounts.append(passport).join();
  }
}
