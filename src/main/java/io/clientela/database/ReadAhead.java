package io.clientela.database;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Reads batches one ahead: the database reads the next one while one is worked off. Two are in memory at most, since
 * the one after the next is requested when the next one is taken.
 */
final class ReadAhead {
    private final Supplier<Uni<RowSet<Row>>> read;
    private final BooleanSupplier hasMore;

    private Uni<RowSet<Row>> next;
    private boolean more = true;

    /**
     * @param read reads a batch
     * @param hasMore whether there is a batch after the one that was read
     */
    ReadAhead(Supplier<Uni<RowSet<Row>>> read, BooleanSupplier hasMore) {
        this.read = read;
        this.hasMore = hasMore;
    }

    /** Returns the batches, the last of which may be empty. Nothing is read before the first one is requested. */
    Multi<RowSet<Row>> batches() {
        return Multi.createBy().repeating().uni(this::take).whilst(rows -> more);
    }

    private Uni<RowSet<Row>> take() {
        return (next == null ? begin() : next).invoke(rows -> {
            more = hasMore.getAsBoolean();
            next = more ? begin() : null;
        });
    }

    /** Reads at once. A failure is that of whoever takes the batch. */
    private Uni<RowSet<Row>> begin() {
        var batch = Uni.createFrom().deferred(read::get).memoize().indefinitely();
        batch.subscribe().with(rows -> {}, failure -> {});
        return batch;
    }
}
