package io.clientela.identity;

import io.clientela.database.Database;
import io.clientela.http.Page;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** Says what is missing in a page of likely duplicates, and has it compared. */
@ApplicationScoped
class PendingComparisons {
    private static final String PENDING =
            "SELECT count(DISTINCT customer_id) FROM duplicate_queue WHERE tenant_id = $1";

    private final Caller caller;
    private final Database database;
    private final DuplicateFinder finder;

    PendingComparisons(Caller caller, Database database, DuplicateFinder finder) {
        this.caller = caller;
        this.database = database;
        this.finder = finder;
    }

    /**
     * Counts the queued customers, has them compared, and reads a page. They are counted first: if there are none, the
     * page lacks nothing that was changed before the request.
     */
    <T> Uni<DuplicatePage<T>> countFor(Supplier<Uni<Page<T>>> read) {
        return database.query(PENDING, Tuple.of(caller.tenant()))
                .map(rows -> rows.iterator().next().getLong(0))
                .invoke(pending -> {
                    if (pending > 0) {
                        finder.start(caller.tenant());
                    }
                })
                .chain(pending -> read.get().map(page -> DuplicatePage.of(page, pending)));
    }
}
