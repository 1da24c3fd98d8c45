package io.clientela.privacy;

import io.clientela.support.TestDatabase;

/** Rows of a customer, more than requests could add. */
final class LargeCustomer {
    private LargeCustomer() {}

    static void addCalls(String tenant, String id, int count, String notes) {
        TestDatabase.execute(
                "INSERT INTO customer_call (tenant_id, id, customer_id, origin_id, direction, started_at, notes,"
                        + " created_at, updated_at) SELECT ?, gen_random_uuid(), ?::uuid, ?::uuid, 'inbound',"
                        + " now() - n * interval '1 minute', ?, now(), now() FROM generate_series(1, ?) AS n",
                tenant,
                id,
                id,
                notes,
                count);
    }

    static void addEvents(String tenant, String id, int count) {
        TestDatabase.execute(
                "INSERT INTO customer_event (tenant_id, id, customer_id, customer_version, type, at, changes)"
                        + " SELECT ?, gen_random_uuid(), ?::uuid, 1 + n, 'call.added', now(), '{}'"
                        + " FROM generate_series(1, ?) AS n",
                tenant,
                id,
                count);
    }
}
