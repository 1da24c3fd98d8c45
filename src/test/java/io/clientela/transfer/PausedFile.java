package io.clientela.transfer;

import io.clientela.support.PausedResponse;
import io.clientela.support.TestDatabase;
import io.clientela.support.TestTenant;

/** Requests for an export of {@link #addCustomers}. */
final class PausedFile {
    private static final String STATEMENTS = "%ORDER BY created_at ASC, id ASC%";

    private PausedFile() {}

    /** Adds customers who have together several times what sockets buffer. */
    static void addCustomers(TestTenant tenant, int count) {
        TestDatabase.execute(
                "INSERT INTO customer (tenant_id, id, number, version, type, status, name, role, notes, created_at,"
                        + " updated_at) SELECT ?, gen_random_uuid(), nextval('customer_number'), 1, 'individual',"
                        + " 'active', 'Customer ' || n, 'customer', repeat('0123456789', 400), now(), now()"
                        + " FROM generate_series(1, ?) AS n",
                tenant.name(),
                count);
    }

    static PausedResponse of(TestTenant tenant, String query) {
        return PausedResponse.of(tenant, ExportedFile.PATH + query, STATEMENTS);
    }

    static void await(int count) {
        PausedResponse.await(count, STATEMENTS);
    }

    static void killConnections() {
        PausedResponse.killConnections(STATEMENTS);
    }
}
