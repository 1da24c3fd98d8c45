package io.clientela.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.CustomerInput;
import io.clientela.customer.Identifier;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One upsert request, read and validated.
 *
 * @param fields the customer's fields as JSON, which distinguishes absent from null
 * @param input the same fields, bound
 * @param identifiers all identifiers of the request, without placeholders
 * @param matchIdentifiers the identifiers that select the customer, a subset by {@code match_on}
 * @param choosesMatch whether the request says by {@code match_on} which identifiers select the customer
 * @param addedTags tags to add to the customer's tags
 * @param doNotUpdate whether an existing customer stays unchanged
 */
record Upsert(
        ObjectNode fields,
        CustomerInput input,
        Set<Identifier> identifiers,
        Set<Identifier> matchIdentifiers,
        boolean choosesMatch,
        Set<String> addedTags,
        boolean doNotUpdate) {
    /** Returns the identifiers whose owners decide: those that select the customer, and the unique external id. */
    Set<Identifier> lookups() {
        Set<Identifier> lookups = new LinkedHashSet<>(matchIdentifiers);
        identifiers.stream()
                .filter(identifier -> identifier.kind() == Identifier.Kind.EXTERNAL_ID)
                .forEach(lookups::add);
        return lookups;
    }

    /** Returns the change to an existing customer as a patch (RFC 7396). */
    ObjectNode patchOf(Iterable<String> currentTags) {
        if (addedTags.isEmpty()) {
            return fields;
        }
        var patch = fields.deepCopy();
        if (!patch.hasNonNull("tags")) {
            var tags = patch.putArray("tags");
            if (!fields.has("tags")) {
                currentTags.forEach(tags::add);
            }
        }
        addedTags.forEach(patch.withArray("tags")::add);
        return patch;
    }

    /** Returns the fields of a new customer, with the added tags among the tags. */
    ObjectNode newCustomer() {
        return patchOf(Set.of());
    }
}
