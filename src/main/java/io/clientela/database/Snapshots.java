package io.clientela.database;

import io.clientela.database.ConnectionShares.Use;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.TenantLimit;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Streams what is read in snapshots. Each stream uses a connection of its tenant's share from its begin to its end. */
final class Snapshots {
    private static final Logger LOG = Logger.getLogger(Snapshots.class);

    private final Pool pool;
    private final ConnectionShares shares;
    private final TenantLimit limits;
    private final Duration timeout;

    Snapshots(Pool pool, ConnectionShares shares, TenantLimit limits, Duration timeout) {
        this.pool = pool;
        this.shares = shares;
        this.limits = limits;
        this.timeout = timeout;
    }

    /**
     * Streams what work reads in a new snapshot of a tenant. The connection is returned when the stream completes,
     * fails or is cancelled, even while it waits for the connection: a memoized step goes on when it is cancelled, and
     * runs once.
     *
     * @throws ProblemException 429 {@code too_many_requests}, 503 {@code overloaded}, as failures of the stream
     */
    <T> Multi<T> stream(String tenant, Function<Snapshot, Multi<T>> work) {
        return Multi.createFrom().deferred(() -> {
            var opening =
                    Uni.createFrom().deferred(() -> open(tenant)).memoize().indefinitely();
            var closing = opening.chain(snapshot -> close(tenant, snapshot))
                    .onFailure()
                    .recoverWithNull()
                    .memoize()
                    .indefinitely();
            return opening.onItem().transformToMulti(work).onTermination().call(() -> closing);
        });
    }

    private Uni<Snapshot> open(String tenant) {
        limits.acquire(tenant);
        return shares.acquire(tenant, Use.TRANSACTION)
                .chain(() -> pool.getConnection()
                        .chain(connection -> Snapshot.begin(connection, timeout))
                        .onFailure()
                        .invoke(() -> shares.release(tenant, Use.TRANSACTION)))
                .onFailure()
                .invoke(() -> limits.release(tenant));
    }

    /** A connection that cannot end its transaction is broken: the pool discards it. */
    private Uni<Void> close(String tenant, Snapshot snapshot) {
        return snapshot.close()
                .onFailure()
                .invoke(failure -> LOG.debug("The connection of a snapshot broke", failure))
                .onTermination()
                .invoke(() -> {
                    shares.release(tenant, Use.TRANSACTION);
                    limits.release(tenant);
                });
    }
}
