package io.clientela.privacy;

import io.clientela.support.PausedResponse;
import io.clientela.support.TestTenant;

/** Requests for the export of a customer that is larger than what sockets buffer. */
final class PausedExport {
    /** Together several times as much as the buffers of the sockets. */
    private static final int CALLS = 2500;

    private static final String NOTES = "0123456789".repeat(400);

    private static final String STATEMENTS = "%customer_call%";

    private PausedExport() {}

    static String largeCustomer(TestTenant tenant) {
        var id = tenant.createNamed("Jane");
        LargeCustomer.addCalls(tenant.name(), id, CALLS, NOTES);
        return id;
    }

    static PausedResponse of(TestTenant tenant, String customer) {
        return PausedResponse.of(tenant, "/v1/customers/" + customer + "/data-export", STATEMENTS);
    }

    static void await(int count) {
        PausedResponse.await(count, STATEMENTS);
    }

    static void killConnections() {
        PausedResponse.killConnections(STATEMENTS);
    }
}
