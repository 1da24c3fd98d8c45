package io.clientela.identity;

import io.clientela.customer.CustomerType;
import io.clientela.identity.match.Match;
import io.clientela.identity.match.Person;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * The SQL statements of {@link DuplicateFinder}, each for many customers of one tenant. They run outside of a request,
 * where no filter adds the tenant, so each statement names it.
 */
final class DuplicatePairs {
    /** Of a key with more customers not all are compared, because it is not selective. */
    private static final int MAX_BLOCK_SIZE = 50;

    /** With how many of the first, the previous and the next customers of a larger block one is compared. */
    private static final int NEIGHBOURS = 3;

    /** The decimals of a stored score. */
    private static final int SCALE = 6;

    private static final String LOCK =
            "SELECT pg_try_advisory_xact_lock(hashtextextended('duplicates' || chr(10) || $1, 0))";

    private static final String DEQUEUE = """
            DELETE FROM duplicate_queue WHERE (tenant_id, customer_id, customer_version) IN (
                SELECT tenant_id, customer_id, customer_version FROM duplicate_queue WHERE tenant_id = $1 LIMIT $2)
            RETURNING customer_id""";

    private static final String PERSONS = """
            SELECT id, type, name, first_name, last_name, company_name, email_key, phone_key, document_key, birthday, address
            FROM customer WHERE tenant_id = $1 AND id = ANY($2) AND NOT anonymized""";

    private static final String DELETE_KEYS =
            "DELETE FROM duplicate_key WHERE tenant_id = $1 AND customer_id = ANY($2)";

    private static final String DELETE_PAIRS =
            "DELETE FROM duplicate_pair WHERE tenant_id = $1 AND (a = ANY($2) OR b = ANY($2))";

    private static final String INSERT_KEYS = "INSERT INTO duplicate_key (tenant_id, key, customer_id)"
            + " SELECT $1, key, customer_id FROM unnest($2::bigint[], $3::uuid[]) AS k (key, customer_id)";

    /**
     * A customer is compared with all others of a small block. In a large block of an identifier, it is compared with
     * the first customers and with its neighbours, in the order of ids. So the pairs grow linearly, and yet connect all
     * customers of the block, also after some of them changed or were deleted.
     */
    private static final String CANDIDATES = """
            SELECT DISTINCT least(k.customer_id, other.id) AS a, greatest(k.customer_id, other.id) AS b
            FROM unnest($2::bigint[], $3::uuid[], $4::boolean[]) AS k (key, customer_id, is_identifier)
            CROSS JOIN LATERAL (
                SELECT array_agg(customer_id) AS ids FROM (
                    SELECT customer_id FROM duplicate_key WHERE tenant_id = $1 AND key = k.key LIMIT $5) AS first) AS block
            CROSS JOIN LATERAL (
                SELECT unnest(block.ids) AS id WHERE cardinality(block.ids) < $5
                UNION ALL
                SELECT near.customer_id FROM (
                    (SELECT customer_id FROM duplicate_key WHERE tenant_id = $1 AND key = k.key
                     ORDER BY customer_id LIMIT $6)
                    UNION ALL
                    (SELECT customer_id FROM duplicate_key WHERE tenant_id = $1 AND key = k.key
                     AND customer_id < k.customer_id ORDER BY customer_id DESC LIMIT $6)
                    UNION ALL
                    (SELECT customer_id FROM duplicate_key WHERE tenant_id = $1 AND key = k.key
                     AND customer_id > k.customer_id ORDER BY customer_id LIMIT $6)) AS near
                WHERE k.is_identifier AND cardinality(block.ids) >= $5) AS other
            WHERE other.id <> k.customer_id""";

    private static final String INSERT_PAIRS = """
            INSERT INTO duplicate_pair (tenant_id, a, b, score, reasons)
            SELECT $1, a, b, score, string_to_array(reasons, ' ')
            FROM unnest($2::uuid[], $3::uuid[], $4::numeric[], $5::text[]) AS p (a, b, score, reasons)""";

    private final SqlConnection connection;
    private final String tenant;

    DuplicatePairs(SqlConnection connection, String tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /**
     * A blocking key of a customer.
     *
     * @param isIdentifier whether the key is a whole identifier
     */
    record OwnedKey(UUID customer, long key, boolean isIdentifier) {}

    /** Two customers to compare, the lower id first. */
    record Pair(UUID a, UUID b) {}

    /** A pair with its score. */
    record Scored(Pair pair, Match match) {}

    /**
     * Locks the tenant's comparison until the transaction ends. Returns false if another transaction holds the lock.
     */
    Uni<Boolean> lock() {
        return run(LOCK, Tuple.of(tenant)).map(rows -> rows.iterator().next().getBoolean(0));
    }

    /**
     * Deletes up to {@code max} entries from the queue. Returns their customers; one customer may have several entries.
     */
    Uni<Set<UUID>> dequeue(int max) {
        return run(DEQUEUE, Tuple.of(tenant, max))
                .map(rows -> Set.copyOf(
                        list(rows, row -> row.getUUID(0)).stream().distinct().toList()));
    }

    /** Returns the customers with these ids, without deleted and anonymised ones. */
    Uni<List<Person>> persons(Collection<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : run(PERSONS, Tuple.of(tenant, ids.toArray(UUID[]::new)))
                        .map(rows -> list(rows, DuplicatePairs::person));
    }

    /** Deletes the keys and pairs of these customers. */
    Uni<Void> delete(Collection<UUID> ids) {
        var values = Tuple.of(tenant, ids.toArray(UUID[]::new));
        return run(DELETE_KEYS, values).chain(() -> run(DELETE_PAIRS, values)).replaceWithVoid();
    }

    /** Inserts the keys of customers. Returns the pairs of customers to compare because of them. */
    Uni<List<Pair>> candidates(List<OwnedKey> keys) {
        var values = Tuple.of(
                tenant,
                keys.stream().map(OwnedKey::key).toArray(Long[]::new),
                keys.stream().map(OwnedKey::customer).toArray(UUID[]::new));
        return run(INSERT_KEYS, values)
                .map(inserted -> values.addArrayOfBoolean(
                                keys.stream().map(OwnedKey::isIdentifier).toArray(Boolean[]::new))
                        .addInteger(MAX_BLOCK_SIZE + 1)
                        .addInteger(NEIGHBOURS))
                .chain(all -> run(CANDIDATES, all))
                .map(rows -> list(rows, row -> new Pair(row.getUUID(0), row.getUUID(1))));
    }

    Uni<Void> save(List<Scored> pairs) {
        if (pairs.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var values = Tuple.of(
                tenant,
                pairs.stream().map(scored -> scored.pair().a()).toArray(UUID[]::new),
                pairs.stream().map(scored -> scored.pair().b()).toArray(UUID[]::new));
        values.addArrayOfBigDecimal(pairs.stream()
                .map(scored -> BigDecimal.valueOf(scored.match().score()).setScale(SCALE, RoundingMode.HALF_UP))
                .toArray(BigDecimal[]::new));
        values.addArrayOfString(pairs.stream()
                .map(scored -> String.join(" ", scored.match().reasons()))
                .toArray(String[]::new));
        return run(INSERT_PAIRS, values).replaceWithVoid();
    }

    private Uni<RowSet<Row>> run(String sql, Tuple values) {
        return connection.preparedQuery(sql).execute(values);
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> mapper) {
        return StreamSupport.stream(rows.spliterator(), false).map(mapper).toList();
    }

    private static Person person(Row row) {
        return new Person(
                row.getUUID(0),
                "company".equals(row.getString(1)) ? CustomerType.COMPANY : CustomerType.INDIVIDUAL,
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getLocalDate(9),
                row.getString(10));
    }
}
