package io.clientela.event;

import io.clientela.database.Database;
import io.clientela.event.EventScope.Visible;
import io.clientela.history.Event;
import io.clientela.http.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * The events of a tenant in the order in which readers follow them (ADR 11): a reader that goes on from where it was
 * told to misses none, whatever transactions are open.
 */
@ApplicationScoped
class EventFeed {
    private final Database database;

    EventFeed(Database database) {
        this.database = database;
    }

    /**
     * Returns a page. It can have fewer events than asked for, also none, while there are more: if few match, or they
     * are long.
     *
     * @throws ProblemException 410 {@code events_gone}, 400 for an unknown start
     */
    Uni<EventList> page(Visible visible, EventQuery query) {
        return query.start()
                .after()
                .map(after -> database.query(visible.tenant(), EventStatements.page(visible, after, query))
                        .map(rows -> list(after, rows)))
                .orElseGet(() -> latest(visible.tenant()).map(end -> EventList.of(List.of(), end)));
    }

    /** Returns the id of the last event that no other can precede any more. */
    Uni<UUID> latest(String tenant) {
        return database.query(tenant, EventStatements.latest(tenant)).map(rows -> {
            var last = rows.iterator().next().getUUID(0);
            return last == null ? EventQuery.BEFORE_ALL : last;
        });
    }

    private static EventList list(UUID after, RowSet<Row> rows) {
        var position = rows.iterator().next();
        if (position.getBoolean("is_gone")) {
            throw EventProblems.gone();
        }
        if (!position.getBoolean("is_found")) {
            throw EventProblems.unknown();
        }
        var events = StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.getUUID("id") != null)
                .map(Event::of)
                .toList();
        return EventList.of(events, next(after, events, position.getUUID("next_id")));
    }

    private static UUID next(UUID after, List<Event> events, UUID scanned) {
        if (scanned != null) {
            return scanned;
        }
        return events.isEmpty() ? after : events.get(events.size() - 1).id();
    }
}
