package io.clientela.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.CustomerInput;
import io.clientela.customer.Identifier;
import java.util.Set;

/**
 * A customer to be found or made, as a caller described them.
 *
 * @param fields what was given of the customer, absent and null told apart
 * @param input the same, read; {@code addedTags} are in it as if they were tags
 * @param identifiers all identifiers that were given
 * @param requested those of them that decide who the customer is
 * @param addedTags tags that are added to those the customer has
 * @param doNotUpdate whether a customer who is found stays as they are
 */
record Upsert(
        ObjectNode fields,
        CustomerInput input,
        Set<Identifier> identifiers,
        Set<Identifier> requested,
        Set<String> addedTags,
        boolean doNotUpdate) {

    /** What changes of a customer who is found, as a patch (RFC 7396). */
    ObjectNode patchOf(Iterable<String> presentTags) {
        if (addedTags.isEmpty()) {
            return fields;
        }
        var patch = fields.deepCopy();
        if (!patch.hasNonNull("tags")) {
            var tags = patch.putArray("tags");
            if (!fields.has("tags")) {
                presentTags.forEach(tags::add);
            }
        }
        addedTags.forEach(patch.withArray("tags")::add);
        return patch;
    }

    /** The customer that is made where none is found: what was given, with the added tags among the tags. */
    ObjectNode newCustomer() {
        return patchOf(Set.of());
    }
}
