package io.clientela.history;

import io.clientela.retention.RetentionRule;
import io.clientela.retention.RetentionSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Events that all readers have read, after the time that the history is kept. */
@Singleton
class OldEvents implements RetentionRule {
    /**
     * The events of each tenant are found by their ids, whose first 48 bits are the time in milliseconds (RFC 9562,
     * section 5.7), so that no other index is needed. NOT and > instead of <= keep PostgreSQL from the index by
     * transaction, in which it would read all events of the tenant. A tenant whose events no reader has read keeps
     * them. What remains of a deleted customer is that there was one, and of deleted events how far they went.
     */
    private static final String DELETE = """
            WITH RECURSIVE tenant AS (
                (SELECT tenant_id FROM customer_event ORDER BY tenant_id LIMIT 1)
                UNION ALL
                SELECT (SELECT e.tenant_id FROM customer_event e WHERE e.tenant_id > tenant.tenant_id
                        ORDER BY e.tenant_id LIMIT 1)
                FROM tenant WHERE tenant.tenant_id IS NOT NULL),
            old AS (
                SELECT e.* FROM tenant
                CROSS JOIN LATERAL (
                    SELECT c.transaction_id, c.event_id FROM event_cursor c WHERE c.tenant_id = tenant.tenant_id
                    ORDER BY c.transaction_id, c.event_id LIMIT 1) AS is_read
                CROSS JOIN LATERAL (
                    SELECT e.tenant_id, e.transaction_id, e.id, e.customer_id, e.type, e.at FROM customer_event e
                    WHERE e.tenant_id = tenant.tenant_id
                      AND e.id < cast(lpad(to_hex(cast(extract(epoch FROM now() - make_interval(secs => $1)) * 1000
                          AS bigint)), 12, '0') || '00000000000000000000' AS uuid)
                      AND NOT (e.transaction_id, e.id) > (is_read.transaction_id, is_read.event_id)
                    ORDER BY e.id LIMIT 1000 FOR UPDATE SKIP LOCKED) AS e
                LIMIT 1000),
            deleted_before AS (
                INSERT INTO deleted_customer (tenant_id, id, deleted_at)
                SELECT tenant_id, customer_id, at FROM old WHERE type = 'customer.deleted'
                ON CONFLICT DO NOTHING),
            deleted_up_to AS (
                INSERT INTO event_horizon AS h (tenant_id, transaction_id, event_id, newest_id)
                SELECT DISTINCT ON (tenant_id) tenant_id, transaction_id, id,
                    first_value(id) OVER (PARTITION BY tenant_id ORDER BY id DESC)
                FROM old ORDER BY tenant_id, transaction_id DESC, id DESC
                ON CONFLICT (tenant_id) DO UPDATE SET
                    transaction_id = greatest(h.transaction_id, excluded.transaction_id),
                    event_id = CASE WHEN (h.transaction_id, h.event_id) > (excluded.transaction_id, excluded.event_id)
                        THEN h.event_id ELSE excluded.event_id END,
                    newest_id = greatest(h.newest_id, excluded.newest_id))
            DELETE FROM customer_event e USING old WHERE e.tenant_id = old.tenant_id AND e.id = old.id""";

    private final RetentionSettings settings;

    OldEvents(RetentionSettings settings) {
        this.settings = settings;
    }

    @Override
    public String kind() {
        return "history";
    }

    @Override
    public String statement() {
        return DELETE;
    }

    @Override
    public Optional<Duration> age() {
        return settings.history();
    }
}
