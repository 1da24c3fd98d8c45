package io.clientela.identity;

import io.clientela.http.Page;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** Says what is missing in a page of likely duplicates, and has it compared. */
@ApplicationScoped
class PendingComparisons {
    private final Caller caller;
    private final DuplicateQueue queue;
    private final DuplicateFinder finder;

    PendingComparisons(Caller caller, DuplicateQueue queue, DuplicateFinder finder) {
        this.caller = caller;
        this.queue = queue;
        this.finder = finder;
    }

    /**
     * Counts the customers to compare, has them compared, and reads a page. They are counted first: if there are none,
     * the page lacks nothing that was changed before the request.
     */
    <T> Uni<DuplicatePage<T>> countFor(Supplier<Uni<Page<T>>> read) {
        return queue.count(caller.tenant())
                .invoke(pending -> {
                    if (pending > 0) {
                        finder.start(caller.tenant());
                    }
                })
                .chain(pending -> read.get().map(page -> DuplicatePage.of(page, pending)));
    }
}
