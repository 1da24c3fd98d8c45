package io.clientela.identity;

import io.clientela.customer.CustomerFields;
import io.clientela.customer.Identifier;
import io.clientela.http.json.JsonBody;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One upsert request, read and validated. One that matches on nothing creates a customer in any case.
 *
 * @param fields the customer's fields
 * @param identifiers all identifiers of the request, without placeholders
 * @param matchIdentifiers the identifiers that select the customer, a subset by {@code match_on}
 * @param uniqueIdentifiers the identifiers that no other customer may have
 * @param choosesMatch whether the request says by {@code match_on} which identifiers select the customer
 * @param addedTags tags to add to the customer's tags
 * @param doNotUpdate whether an existing customer stays unchanged
 */
public record Upsert(
        JsonBody<CustomerFields> fields,
        Set<Identifier> identifiers,
        Set<Identifier> matchIdentifiers,
        Set<Identifier> uniqueIdentifiers,
        boolean choosesMatch,
        Set<String> addedTags,
        boolean doNotUpdate) {
    /** Returns the identifiers whose owners decide: those that select the customer, and those that are unique. */
    Set<Identifier> lookups() {
        Set<Identifier> lookups = new LinkedHashSet<>(matchIdentifiers);
        lookups.addAll(uniqueIdentifiers);
        return lookups;
    }

    /** Returns the change to an existing customer as a patch (RFC 7396). */
    JsonBody<CustomerFields> patchOf(List<String> currentTags) {
        if (addedTags.isEmpty()) {
            return fields;
        }
        List<String> tags =
                new ArrayList<>(fields.json().has("tags") ? fields.value().tags() : currentTags);
        tags.addAll(addedTags);
        var json = fields.json().deepCopy();
        tags.forEach(json.putArray("tags")::add);
        return new JsonBody<>(json, fields.value().withTags(tags));
    }

    /** Returns the fields of a new customer, with the added tags among the tags. */
    CustomerFields newCustomer() {
        return patchOf(List.of()).value();
    }
}
