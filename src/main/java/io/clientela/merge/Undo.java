package io.clientela.merge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.CustomerJson;
import io.clientela.customer.LockedCustomer;
import java.util.List;
import java.util.Set;

/**
 * The state of an undo in progress.
 *
 * @param merge the merge to undo
 * @param target the target of the merge, locked
 * @param mergedSources the sources of the merge
 * @param changes the target's values before and after the merge, by field
 */
record Undo(Merge merge, LockedCustomer target, List<MergedCustomer> mergedSources, ObjectNode changes) {
    /** Returns the preferences that the target has refused since the merge. */
    Set<String> withdrawn() {
        return UndoPlan.withdrawn(CustomerJson.customer(target.view()), changes);
    }

    /** Returns the target after the undo. */
    ObjectNode reverted() {
        return UndoPlan.of(CustomerJson.customer(target.before()), changes);
    }
}
