package io.clientela.identity;

import io.clientela.customer.CustomerType;
import io.clientela.database.Database;
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
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The SQL statements of {@link DuplicateComparison}, each for many customers of one tenant. They run outside of a
 * request, where no filter adds the tenant, so each statement names it.
 */
final class DuplicatePairs {
    /** Of a key with more customers not all are compared, because it is not selective. */
    private static final int MAX_BLOCK_SIZE = 50;

    /** With how many of the first, the previous and the next customers of a larger block one is compared. */
    private static final int NEIGHBOURS = 3;

    /** The decimals of a stored score. */
    private static final int SCALE = 6;

    private static final String TRY_LOCK =
            "SELECT pg_try_advisory_xact_lock(hashtextextended('duplicates' || chr(10) || $1, 0))";

    static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('duplicates' || chr(10) || $1, 0))::text";

    private static final String PERSONS = """
            SELECT id, type, name, first_name, last_name, company_name, email_key, phone_key, document_key, birthday, address
            FROM customer WHERE tenant_id = $1 AND id = ANY($2) AND NOT anonymized""";

    private static final String DELETE_OLD_KEYS = """
            DELETE FROM duplicate_key k WHERE tenant_id = $1 AND customer_id = ANY($2) AND NOT EXISTS (
                SELECT FROM unnest($3::bigint[], $4::uuid[]) AS new (key, customer_id)
                WHERE new.key = k.key AND new.customer_id = k.customer_id)""";

    private static final String DELETE_PAIRS =
            "DELETE FROM duplicate_pair WHERE tenant_id = $1 AND (a = ANY($2) OR b = ANY($2))";

    private static final String INSERT_KEYS = "INSERT INTO duplicate_key (tenant_id, key, customer_id)"
            + " SELECT $1, key, customer_id FROM unnest($2::bigint[], $3::uuid[]) AS k (key, customer_id)"
            + " ON CONFLICT DO NOTHING";

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
            FROM unnest($2::uuid[], $3::uuid[], $4::numeric[], $5::text[]) AS p (a, b, score, reasons)
            ON CONFLICT (tenant_id, a, b) DO UPDATE SET score = excluded.score, reasons = excluded.reasons""";

    private final String tenant;
    private final BiFunction<String, Tuple, Uni<RowSet<Row>>> connection;

    private DuplicatePairs(String tenant, BiFunction<String, Tuple, Uni<RowSet<Row>>> connection) {
        this.tenant = tenant;
        this.connection = connection;
    }

    /** Returns statements that each take a connection for themselves. */
    static DuplicatePairs outsideOfTransaction(Database database, String tenant) {
        return new DuplicatePairs(tenant, (sql, values) -> database.query(tenant, sql, values));
    }

    /** Returns statements of a transaction. */
    static DuplicatePairs in(SqlConnection transaction, String tenant) {
        return new DuplicatePairs(
                tenant, (sql, values) -> transaction.preparedQuery(sql).execute(values));
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

    /** Locks the tenant until the transaction ends. Returns false if another transaction holds the lock. */
    Uni<Boolean> tryLock() {
        return run(TRY_LOCK, Tuple.of(tenant))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Locks the tenant until the transaction ends, after other transactions that hold the lock. */
    Uni<Void> lock() {
        return run(LOCK, Tuple.of(tenant)).replaceWithVoid();
    }

    /** Returns the customers with these ids by id, without deleted and anonymised ones. */
    Uni<Map<UUID, Person>> persons(Collection<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : run(PERSONS, Tuple.of(tenant, ids.toArray(UUID[]::new)))
                        .map(rows -> list(rows, DuplicatePairs::person).stream()
                                .collect(Collectors.toMap(Person::id, Function.identity())));
    }

    /** Deletes the pairs of these customers, and writes those of their keys that are not the same as before. */
    Uni<Void> replaceKeys(Collection<UUID> ids, List<OwnedKey> keys) {
        var customers = ids.toArray(UUID[]::new);
        var values = keysAndOwners(keys);
        return run(DELETE_PAIRS, Tuple.of(tenant, customers))
                .chain(() -> run(DELETE_OLD_KEYS, Tuple.of(tenant, customers, values[0], values[1])))
                .chain(() -> run(INSERT_KEYS, Tuple.of(tenant, values[0], values[1])))
                .replaceWithVoid();
    }

    /** Returns the pairs of customers to compare because of stored keys. */
    Uni<List<Pair>> candidates(List<OwnedKey> keys) {
        var values = keysAndOwners(keys);
        return run(
                        CANDIDATES,
                        Tuple.of(tenant, values[0], values[1])
                                .addArrayOfBoolean(keys.stream()
                                        .map(OwnedKey::isIdentifier)
                                        .toArray(Boolean[]::new))
                                .addInteger(MAX_BLOCK_SIZE + 1)
                                .addInteger(NEIGHBOURS))
                .map(rows -> list(rows, row -> new Pair(row.getUUID(0), row.getUUID(1))));
    }

    private static Object[] keysAndOwners(List<OwnedKey> keys) {
        return new Object[] {
            keys.stream().map(OwnedKey::key).toArray(Long[]::new),
            keys.stream().map(OwnedKey::customer).toArray(UUID[]::new)
        };
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
        return connection.apply(sql, values);
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
