package io.clientela.customer;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A merge that copied values of a person, and where copies are: in the target's events from the merge to its undo.
 *
 * @param mergeId the merge
 * @param target the customer into whom others were merged
 * @param mergedAt the time of the merge
 * @param undoneAt the time of its undo; empty if it is not undone, and so the target is the person
 * @param fields the fields that the merge changed at the target; empty if that is not known any more
 */
public record MergeTrace(
        UUID mergeId, UUID target, Instant mergedAt, Optional<Instant> undoneAt, Optional<Set<String>> fields) {}
