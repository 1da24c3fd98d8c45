package io.clientela.customer;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Finds what merges made of a person, in the current transaction; implemented by the package of merges. */
public interface MergeTraces {
    /**
     * Returns the ids of the customer and of all who are the same person by merges that are not undone: those merged
     * into the customer and, of a deleted customer, those that the customer was merged into, too.
     */
    Uni<List<UUID>> personIds(UUID customer);

    /**
     * Returns the merges in which any of these customers took part, undone or not, and those that took values of one of
     * them further: the merges of another target while the person was merged into that target.
     */
    Uni<List<MergeTrace>> of(Collection<UUID> customers);
}
