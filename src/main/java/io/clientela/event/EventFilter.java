package io.clientela.event;

import io.clientela.database.Select;
import io.clientela.history.Event;
import io.clientela.history.Subject;
import java.util.Optional;
import java.util.Set;

/**
 * The events that a reader gets.
 *
 * @param types the only types; empty for all
 * @param location the only business location; clusters belong to none, and are in all
 * @param hidden the types of subjects that are left out
 */
record EventFilter(Set<String> types, Optional<String> location, Set<String> hidden) {
    /** Returns whether a reader gets all events. */
    boolean isEmpty() {
        return types.isEmpty() && location.isEmpty() && hidden.isEmpty();
    }

    /** Adds the condition to a statement on {@code customer_event AS e}. */
    void addTo(Select select) {
        if (!types.isEmpty()) {
            select.add(" AND type = ANY(?)", (Object) types.toArray(String[]::new));
        }
        if (!hidden.isEmpty()) {
            select.add(" AND subject_type <> ALL(?)", (Object) hidden.toArray(String[]::new));
        }
        location.ifPresent(
                at -> select.add(" AND (subject_type = 'cluster' OR " + EventStatements.LOCATION + " = ?)", at));
    }

    /**
     * Returns whether a reader gets an event.
     *
     * @param at the event's business location, or null
     */
    boolean matches(Event event, String at) {
        var subject = event.subject().type();
        return (types.isEmpty() || types.contains(event.type()))
                && !hidden.contains(subject)
                && location.map(only -> subject.equals(Subject.CLUSTER) || only.equals(at))
                        .orElse(true);
    }
}
