package io.tracegram.deploy.verify;

import io.tracegram.ledger.evidence.log.Checkpoint;

/** Tells a person what an evidence directory is; itself no evidence. */
final class EvidenceReadme {
  private EvidenceReadme() {}

  static String text(Checkpoint head) {
    return """
        EVIDENCE OF %s

        This directory holds the whole log of one facility as Tracegram keeps it, up to
        leaf %d: what its meters, scales and scanners were read to say, each statement
        signed on the device, and the accounts of energy, CO2e and lots that follow.

          root of the log   %s

        HOW TO VERIFY IT. Copy the directory where you like, even to a machine without
        network, and run a Tracegram that you trust:

          tracegram verify DIRECTORY --policy YOUR-POLICY

        YOUR-POLICY names the log's key and its witnesses as you know them from elsewhere
        (C2SP tlog-policy). Without --policy the file "policy" beside this text is taken:
        that shows damage, but whoever made the directory made that file too, so that it
        does not show whose log this is. Compare the keys in keys/
        with what the operator, the witness or the mirror told you, and the root above with
        the one they hold.

        WHAT IS PROVEN. Every entry is under the root that the log signed and the witnesses
        cosigned; every statement is signed by a key registered before it, comes once and
        follows the one before; every result, recomputed from the readings, is the one that
        was written down, byte for byte. Nothing in it was changed, dropped, inserted or
        swapped since the cosignatures were given.

        WHAT IS NOT. That the meters told the truth, and that what was never read by a
        device happened otherwise. A log proves who said what, when at the latest, and that
        it was not changed.

        WHAT IS HERE. checkpoint: size and root with signatures (C2SP tlog-checkpoint).
        tile/: entries and hashes (C2SP tlog-tiles). keys/, policy: see above. timestamps/,
        if there: RFC 3161 timestamps of checkpoints. SHA256SUMS: for "sha256sum -c", the
        files other than tiles, which the root covers. This text is nobody's evidence.
        """
        .formatted(head.origin(), head.size(), head.root().hex());
  }
}
