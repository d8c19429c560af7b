/**
 * A tlog-witness: a small program of its own, run by somebody who is not the log's operator.
 *
 * <p>Enters: checkpoints with consistency proofs. Leaves: cosignatures. Invariant: it cosigns one
 * history of each log only, also across restarts (C2SP tlog-witness).
 *
 * <p>The decisions are those of {@link io.tracegram.runtime.cosign.CheckpointGuard}. Each clause of
 * tlog-witness with the test that holds it ({@code W} is WitnessTest, {@code G} is
 * CheckpointGuardTest of {@code runtime.cosign}):
 *
 * <table>
 *   <caption>Clauses and their tests</caption>
 *   <tr><th>Clause</th><th>Test</th></tr>
 *   <tr><td>404 origin unknown, 403 no or a wrong signature, 400 form and old above size</td>
 *       <td>G answersWithTheStatusOfTheSpecification, W refusesWhatIsNoRequest</td></tr>
 *   <tr><td>409 with the known size as text/x.tlog.size</td>
 *       <td>W refusesARollbackAfterARestart</td></tr>
 *   <tr><td>422 for a wrong proof, and for the same size with another root</td>
 *       <td>G refusesAForkOfWhatItKnows</td></tr>
 *   <tr><td>size 0 has the empty root; from old 0 the proof is empty</td>
 *       <td>G aProofFromNothingIsEmptyAndAnEmptyTreeHasItsOneRoot, cosignsAGrowingLog</td></tr>
 *   <tr><td>check and persist are one step, before the answer</td>
 *       <td>G ofManyAtOnceExactlyOneHistoryIsAccepted, storesBeforeItAnswers…</td></tr>
 *   <tr><td>signatures of unknown keys are ignored</td>
 *       <td>G keepsNoSignatureOfStrangers</td></tr>
 *   <tr><td>one or more cosignature lines, with a time; ML-DSA-44 (SHOULD) beside Ed25519</td>
 *       <td>G answersWithTheCosignatureOfEachOfItsKeys, W answersWithAndServesItsCosignature</td></tr>
 *   <tr><td>monitoring prefix: the newest checkpoint with log signature and cosignatures, else
 *       404</td>
 *       <td>W answersWithAndServesItsCosignature</td></tr>
 *   <tr><td>its own store rolled back or damaged: it starts from no file that is not a checkpoint of
 *       its log; an older one it cannot tell, and its log then notices (a WARN of the
 *       replicator)</td>
 *       <td>G startsNotFromAStoredCheckpointThatIsDamagedOrOfAnotherKey</td></tr>
 * </table>
 *
 * <p>Left out, as the specification allows: sign-subtree.
 */
@NullMarked
package io.tracegram.deploy.witness;

import org.jspecify.annotations.NullMarked;
