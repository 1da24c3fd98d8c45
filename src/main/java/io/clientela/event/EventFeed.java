package io.clientela.event;

import io.clientela.database.Database;
import io.clientela.event.EventQuery.Start;
import io.clientela.history.Event;
import io.clientela.history.EventPosition;
import io.clientela.http.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

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
     * Returns the events after a position. They can be fewer than the limit, also none, while there are more: if few
     * match, or they are long.
     *
     * @throws ProblemException 410 {@code events_gone}, 400 for an unknown start
     */
    Uni<EventSlice> read(String tenant, EventFilter filter, Start start, int limit) {
        return start.after()
                .map(after -> database.query(tenant, EventStatements.page(filter, tenant, after, limit))
                        .map(rows -> slice(after, rows)))
                .orElseGet(() -> latest(tenant).map(end -> new EventSlice(List.of(), end)));
    }

    /** Returns the position that no event can precede any more. */
    private Uni<EventPosition> latest(String tenant) {
        return database.query(tenant, EventStatements.latest(tenant)).map(rows -> rows.stream()
                .findFirst()
                .map(row -> new EventPosition(row.getLong("transaction"), row.getUUID("id")))
                .orElse(new EventPosition(0, Start.BEFORE_ALL)));
    }

    private static EventSlice slice(UUID after, RowSet<Row> rows) {
        var first = rows.iterator().next();
        if (first.getBoolean("is_gone")) {
            throw EventProblems.gone();
        }
        var start = first.getLong("start_transaction");
        if (start == null) {
            throw EventProblems.unknown();
        }
        List<Event> events = new ArrayList<>();
        var end = new EventPosition(start, after);
        for (var row : rows) {
            if (row.getUUID("id") != null) {
                events.add(Event.of(row));
                end = new EventPosition(row.getLong("transaction"), row.getUUID("id"));
            }
        }
        var lookedAt = first.getUUID("end_id");
        return new EventSlice(
                events, lookedAt == null ? end : new EventPosition(first.getLong("end_transaction"), lookedAt));
    }
}
