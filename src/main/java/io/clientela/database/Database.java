package io.clientela.database;

import io.clientela.database.ConnectionShares.Use;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The way to the database for everything that runs statements. Each use of a connection counts against the share of a
 * tenant, so that no tenant can take all connections; further uses wait for one and are rejected if that takes too long
 * (429 if the tenant has its whole share, otherwise 503).
 *
 * <p>A request uses one connection at a time: it must not wait for a second one while it has a first one, or requests
 * could wait for each other.
 */
@Singleton
public class Database {
    /** The maximum length of the rows of a page, as text. */
    static final long MAX_PAGE_BYTES = 4 << 20;

    /** So many of the longest rows are within that length. */
    static final int MAX_UNMEASURED_ROWS = 50;

    /** The tenant of statements that belong to no tenant. */
    private static final String NO_TENANT = "";

    /** The share of callers whose tenant is a mere name. No tenant has this one. */
    private static final String UNAUTHENTICATED = "(unauthenticated)";

    private static final String IN_SESSION = Database.class.getName();

    private final Pool pool;
    private final Caller caller;
    private final ConnectionShares shares;
    private final Snapshots snapshots;

    Database(
            Pool pool,
            Caller caller,
            Vertx vertx,
            DatabaseSettings settings,
            TenantSettings tenants,
            @ConfigProperty(name = "quarkus.datasource.reactive.max-size", defaultValue = "20") int connections,
            MeterRegistry meters) {
        this.pool = pool;
        this.caller = caller;
        this.shares = ConnectionShares.of(connections, tenants, settings, vertx);
        this.snapshots = new Snapshots(
                pool, shares, StreamLimits.of(shares.limits(), tenants.maxStreams()), settings.snapshotTimeout());
        Gauge.builder("clientela.connections.waiting", shares, ConnectionShares::waiting)
                .description("Requests that wait for a database connection")
                .register(meters);
    }

    /**
     * Executes a {@code SELECT} for the caller's tenant, in one round trip if its connection has prepared it before.
     */
    public Uni<RowSet<Row>> query(Select select) {
        return query(select.sql(), select.values());
    }

    /**
     * Executes the statement of a page. Long rows make a large page more than the service wants to hold for one
     * request: such a page is not read.
     *
     * @param rows how many rows the page may have
     * @throws ProblemException 400 if they have more than {@link #MAX_PAGE_BYTES}: the caller must ask for fewer
     */
    public Uni<RowSet<Row>> page(Select select, int rows) {
        return rows <= MAX_UNMEASURED_ROWS
                ? query(select)
                : query(select.within(MAX_PAGE_BYTES)).invoke(Database::requireWhole);
    }

    private static void requireWhole(RowSet<Row> rows) {
        if (rows.size() == 1 && rows.iterator().next().getLong(Select.RESULT_BYTES) > MAX_PAGE_BYTES) {
            throw ProblemException.invalidParameters(List.of(
                    FieldError.tooLarge("page_size", "must be smaller, since the entries of this page are long")));
        }
    }

    /** Executes a statement for the caller's tenant. Must not be called within a transaction or session. */
    public Uni<RowSet<Row>> query(String sql, Tuple values) {
        return query(caller.tenant(), sql, values);
    }

    /** Executes a {@code SELECT} for a tenant, also beyond the request that needs it. */
    public Uni<RowSet<Row>> query(String tenant, Select select) {
        return query(tenant, select.sql(), select.values());
    }

    /** Executes a statement of a background job for a tenant. */
    public Uni<RowSet<Row>> query(String tenant, String sql, Tuple values) {
        // Not pool.preparedQuery: it starts a timer for each query, which itself fails if it fires after a failure.
        return shares.use(
                tenant,
                Use.STATEMENTS,
                () -> pool.withConnection(
                        connection -> connection.preparedQuery(sql).execute(values)));
    }

    /** Executes a statement of a background job for all tenants. */
    public Uni<RowSet<Row>> queryAllTenants(String sql, Tuple values) {
        return query(NO_TENANT, sql, values);
    }

    /**
     * Executes a statement for a caller who has not been authenticated yet. All such callers share what one tenant may
     * use: they could name a new tenant in each request.
     */
    public Uni<RowSet<Row>> queryUnauthenticated(String sql, Tuple values) {
        return query(UNAUTHENTICATED, sql, values);
    }

    /** Runs a transaction of a background job for a tenant, without a session. */
    public <T> Uni<T> transaction(String tenant, Function<SqlConnection, Uni<T>> work) {
        return shares.use(tenant, Use.TRANSACTION, () -> pool.withTransaction(work));
    }

    /** Runs a transaction of a background job for all tenants, without a session. */
    public <T> Uni<T> transactionAllTenants(Function<SqlConnection, Uni<T>> work) {
        return transaction(NO_TENANT, work);
    }

    /**
     * Streams what work reads in a new snapshot of the data. It uses a connection from the first request of an item
     * until the stream completes, fails or is cancelled, so the reader must not take long for an item: the database
     * ends a transaction without statements ({@code idle_in_transaction_session_timeout}), and the connection is closed
     * after {@link DatabaseSettings#readTimeout()} of silence.
     *
     * @throws ProblemException 429 {@code too_many_requests} if the tenant has its maximum of streams or connections,
     *     503 {@code overloaded}, as failures of the stream
     */
    public <T> Multi<T> snapshot(String tenant, Function<Snapshot, Multi<T>> work) {
        return snapshots.stream(tenant, work);
    }

    /** Runs a transaction of the caller's tenant. Within another one, it is part of that one. */
    public <T> Uni<T> transaction(Supplier<Uni<T>> work) {
        return inSession(Use.TRANSACTION, () -> Panache.withTransaction(work));
    }

    /** Runs statements that read with one session of the caller's tenant, or with the current one. */
    public <T> Uni<T> session(Supplier<Uni<T>> work) {
        return inSession(Use.STATEMENTS, () -> Panache.withSession(work));
    }

    private <T> Uni<T> inSession(Use use, Supplier<Uni<T>> work) {
        if (ContextLocals.get(IN_SESSION).isPresent()) {
            return work.get();
        }
        return shares.use(caller.tenant(), use, () -> {
            ContextLocals.put(IN_SESSION, use);
            return work.get().onTermination().invoke(() -> ContextLocals.remove(IN_SESSION));
        });
    }
}
