package io.clientela.consent;

import com.fasterxml.jackson.databind.JsonNode;
import io.clientela.customer.CustomerChange;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A preference whose value a change of a customer has changed.
 *
 * @param change the change
 * @param preference the member of the customer's preferences
 * @param granted the value after the change; empty if it is unknown again
 */
record Consent(CustomerChange change, String preference, Optional<Boolean> granted) {
    /** Returns what these changes changed. Deleting a customer withdraws nothing. */
    static List<Consent> of(List<CustomerChange> changes) {
        return changes.stream()
                .filter(change -> !change.type().equals(CustomerChange.DELETED))
                .flatMap(Consent::of)
                .toList();
    }

    private static Stream<Consent> of(CustomerChange change) {
        var from = change.changes().path("preferences").path("from");
        var to = change.changes().path("preferences").path("to");
        Set<String> names = new LinkedHashSet<>();
        from.fieldNames().forEachRemaining(names::add);
        to.fieldNames().forEachRemaining(names::add);
        return names.stream()
                .filter(name -> !value(from, name).equals(value(to, name)))
                .map(name -> new Consent(change, name, value(to, name)));
    }

    private static Optional<Boolean> value(JsonNode preferences, String name) {
        var value = preferences.path(name);
        return value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
    }
}
