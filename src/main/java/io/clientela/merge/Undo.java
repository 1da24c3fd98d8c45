package io.clientela.merge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.LockedCustomer;
import java.util.List;

/**
 * A merge that is being undone.
 *
 * @param merge the merge
 * @param target into whom it was, locked
 * @param partings who was merged
 * @param changes per field of the target, what the merge found and what it left
 */
record Undo(Merge merge, LockedCustomer target, List<MergedCustomer> mergedSources, ObjectNode changes) {
    /** The target as the undo leaves them. */
    ObjectNode reverted() {
        return UndoPlan.of(target.before(), changes);
    }
}
