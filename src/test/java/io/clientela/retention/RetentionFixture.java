package io.clientela.retention;

import static io.clientela.support.TestTenant.CUSTOMERS;

import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;
import java.util.List;

/** Data of a new tenant that was stored some time ago. */
final class RetentionFixture {
    /** A UUID version 7 of a time, with random bits behind it. */
    private static final String ID_AT = "cast(lpad(to_hex(cast(extract(epoch FROM %s) * 1000 AS bigint)), 12, '0')"
            + " || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15) AS uuid)";

    private final TestTenant tenant = TestTenant.fresh();

    TestTenant tenant() {
        return tenant;
    }

    /** Stores responses of this age. */
    void responses(String name, int count, String age) {
        TestDatabase.execute(
                "INSERT INTO idempotency_key (tenant_id, actor, key, fingerprint, status, body, created_at)"
                        + " SELECT ?, 'tester', ? || ' ' || n, '', 200, '', now() - cast(? AS interval)"
                        + " FROM generate_series(1, ?) n",
                tenant.name(),
                name,
                age,
                count);
    }

    List<String> responses() {
        return TestDatabase.column("SELECT key FROM idempotency_key WHERE tenant_id = ? ORDER BY key", tenant.name());
    }

    /** Stores events of this age, each of a customer of its own; their type is the age. */
    void events(int count, String age) {
        TestDatabase.execute(
                "INSERT INTO customer_event (tenant_id, id, customer_id, customer_version, type, at) SELECT ?, "
                        + ID_AT.formatted("event.at")
                        + ", gen_random_uuid(), 1, ?, event.at FROM generate_series(1, ?) n"
                        + " CROSS JOIN (SELECT now() - cast(? AS interval) AS at) event",
                tenant.name(),
                age,
                count,
                age);
    }

    /** Returns the types of the tenant's events. */
    List<String> events() {
        return TestDatabase.column("SELECT type FROM customer_event WHERE tenant_id = ? ORDER BY id", tenant.name());
    }

    /** Makes a customer's events with these versions older. */
    void age(String customer, int firstVersion, int lastVersion, String age) {
        TestDatabase.execute(
                "UPDATE customer_event SET at = at - cast(? AS interval), id = "
                        + ID_AT.formatted("at - cast(? AS interval)")
                        + " WHERE tenant_id = ? AND customer_id = ?::uuid AND customer_version BETWEEN ? AND ?",
                age,
                age,
                tenant.name(),
                customer,
                firstVersion,
                lastVersion);
    }

    /** Lets a reader have read all events that there are. */
    void readBy(String reader) {
        TestDatabase.execute(
                "INSERT INTO event_cursor (tenant_id, reader, transaction_id) VALUES (?, ?, pg_current_xact_id())"
                        + " ON CONFLICT (tenant_id, reader) DO UPDATE SET transaction_id = excluded.transaction_id",
                tenant.name(),
                reader);
    }

    String merge(String target, String source) {
        return tenant.json("{\"target_id\":\"" + target + "\",\"source_ids\":[\"" + source + "\"]}")
                .post(CUSTOMERS + "/merge")
                .then()
                .statusCode(200)
                .extract()
                .path("merge_id");
    }

    /** Makes a merge, and its undo, older. */
    static void ageMerge(String merge, String age) {
        TestDatabase.execute(
                "UPDATE merge SET merged_at = merged_at - cast(? AS interval),"
                        + " undone_at = undone_at - cast(? AS interval) WHERE id = ?::uuid",
                age,
                age,
                merge);
    }
}
