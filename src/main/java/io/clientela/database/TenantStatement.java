package io.clientela.database;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.hibernate.reactive.mutiny.impl.MutinySessionImpl;
import org.hibernate.reactive.pool.ReactiveConnection;

/**
 * SQL statements of a tenant inside the current transaction, sent as they are over the connection of Panache's session
 * (ADR 10). Each names its tenant as {@code $1}. They do not flush the session: what Hibernate has not written yet is
 * not seen by them.
 */
public final class TenantStatement {
    private TenantStatement() {}

    /**
     * Returns the SQL of an array parameter whose length PostgreSQL does not look at. Otherwise it estimates fewer rows
     * for the values at hand than for any array, and plans the statement on each execution, which can cost more than to
     * execute it. For statements that few rows match, whatever the values.
     */
    public static String array(int parameter, String type) {
        return "(SELECT $" + parameter + "::" + type + "[])::" + type + "[]";
    }

    /** Returns a value of each row as an array, for a statement that writes all of them. */
    public static <R, T> T[] column(List<R> rows, IntFunction<T[]> array, Function<R, T> value) {
        return rows.stream().map(value).toArray(array);
    }

    /**
     * Executes a statement that returns rows.
     *
     * @param values {@code $2} and so on, in types of the PostgreSQL client
     */
    public static Uni<List<Object[]>> query(String tenant, String sql, Object... values) {
        return send(tenant, sql, values, ReactiveConnection::select).map(result -> {
            List<Object[]> rows = new ArrayList<>(result.size());
            result.forEachRemaining(rows::add);
            return rows;
        });
    }

    /** Executes a statement that returns no rows, and returns the number of rows that it wrote. */
    public static Uni<Integer> update(String tenant, String sql, Object... values) {
        return send(tenant, sql, values, ReactiveConnection::update);
    }

    /**
     * Runs both without waiting for the first one in between. PostgreSQL executes the statements in this order, and the
     * second one sees what others committed until the first one ended.
     *
     * @return the result of the second
     */
    public static <T> Uni<T> pipelined(Uni<?> first, Uni<T> second) {
        return Uni.combine().all().unis(first, second).with((ignored, result) -> result);
    }

    /** Runs all, in this order, without waiting in between. */
    public static Uni<Void> pipelined(List<Uni<Void>> statements) {
        return statements.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.combine().all().unis(statements).discardItems();
    }

    private static <T> Uni<T> send(String tenant, String sql, Object[] values, Sender<T> sender) {
        var parameters = new Object[values.length + 1];
        parameters[0] = tenant;
        System.arraycopy(values, 0, parameters, 1, values.length);
        return Panache.getSession().chain(session -> Uni.createFrom()
                .completionStage(sender.send(((MutinySessionImpl) session).getReactiveConnection(), sql, parameters)));
    }

    private interface Sender<T> {
        CompletionStage<T> send(ReactiveConnection connection, String sql, Object[] parameters);
    }
}
