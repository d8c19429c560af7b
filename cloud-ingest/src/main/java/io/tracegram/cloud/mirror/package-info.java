/**
 * The mirror of every facility's log: C2SP tlog-mirror, stored and served as tlog-tiles.
 *
 * <p>Enters: pending checkpoints and entry packages, from anyone. Leaves: a copy on disk, and the
 * mirror's cosignature. Invariant: an entry is stored only after its package was proven to be part
 * of a checkpoint that the log signed; a cosignature is given only for what is on disk.
 *
 * <p>Each clause of tlog-mirror with the test that holds it ({@code M} is MirrorTest, {@code D} is
 * MirrorDurabilityTest, {@code G} is CheckpointGuardTest of {@code runtime.cosign}):
 *
 * <table>
 *   <caption>Clauses and their tests</caption>
 *   <tr><th>Clause</th><th>Test</th></tr>
 *   <tr><td>add-checkpoint: 404 origin unknown, 403 no or a wrong signature of the log</td>
 *       <td>D refusesCheckpointsOfStrangersAndOfUnknownLogs</td></tr>
 *   <tr><td>add-checkpoint: 400 form, old above size; 409 with the known size; 422 inconsistent</td>
 *       <td>M refusesRollbackAndForkOfThePendingCheckpoint, G answersWithTheStatus…</td></tr>
 *   <tr><td>add-checkpoint: size 0 has the empty root, old 0 an empty proof</td>
 *       <td>G aProofFromNothingIsEmptyAndAnEmptyTreeHasItsOneRoot</td></tr>
 *   <tr><td>add-checkpoint: check and persist are one step; persisted before the answer</td>
 *       <td>G ofManyAtOnceExactlyOneHistoryIsAccepted, D everyAnswerIsOnDisk…</td></tr>
 *   <tr><td>add-checkpoint: the log's signature is kept, the mirror signs nothing here</td>
 *       <td>M takesAPrefixAndSaysWhereToGoOn (no checkpoint is served yet)</td></tr>
 *   <tr><td>add-entries: 404 unknown log; 422 nothing pending; 400 no whole first package</td>
 *       <td>M answersNonsenseWithTheStatusOfTheSpecification</td></tr>
 *   <tr><td>add-entries: 409 for an end unknown or behind the mirror, a start beyond the next
 *       entry, too much sent again</td>
 *       <td>M answersConflictsWithWhereToGoOn</td></tr>
 *   <tr><td>add-entries: each package proven, 422 ends it, the proven ones stay</td>
 *       <td>M refusesEntriesThatAreNotThoseOfTheCheckpointAndKeepsTheGoodOnes</td></tr>
 *   <tr><td>add-entries: a prefix is 202 with the next entry, also if the request breaks off</td>
 *       <td>M takesAPrefixAndSaysWhereToGoOn, mirrorsLogsOfEverySizeAlthoughUploadsBreakOff</td></tr>
 *   <tr><td>add-entries: older pending ends accepted (SHOULD, from memory); after a restart 409
 *       with the current one, nothing sent twice. Tickets stay empty, which is allowed</td>
 *       <td>M acceptsAnOlderPendingCheckpointAsTheEnd, D anEndThatARestartForgot…</td></tr>
 *   <tr><td>add-entries: the checkpoint is never rewound; 200 carries the cosignature, on disk</td>
 *       <td>M answersConflictsWithWhereToGoOn, D everyAnswerIsOnDiskBeforeItIsGiven</td></tr>
 *   <tr><td>gzip bodies; several uploads at once; 503 beyond sixteen</td>
 *       <td>M takesCompressedUploads, servesOthersWhileUploadsHangAndRefusesTooManyOfThem</td></tr>
 *   <tr><td>monitoring prefix: tiles, and a checkpoint with the mirror's cosignature</td>
 *       <td>M servesTheCopyAsTiles, servesTheCosignaturesOfKnownWitnesses</td></tr>
 * </table>
 *
 * <p>Left out, as the specification allows: sign-subtree, pruning (minimum index 0), tickets. A 422
 * answer to add-checkpoint encloses the known checkpoint after an empty line, so that a fork is
 * proven to the log and not only claimed.
 */
@NullMarked
package io.tracegram.cloud.mirror;

import org.jspecify.annotations.NullMarked;
