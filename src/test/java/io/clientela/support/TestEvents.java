package io.clientela.support;

import io.clientela.history.EventPosition;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Waits for events that the feed does not show yet, since another transaction of the server is open. */
public final class TestEvents {
    private static final String UNSETTLED =
            "SELECT id::text FROM customer_event WHERE tenant_id = ? AND NOT " + EventPosition.SETTLED + " LIMIT 1";

    private TestEvents() {}

    /** Returns whether the feed shows all events of a tenant. */
    public static boolean areSettled(TestTenant tenant) {
        return TestDatabase.column(UNSETTLED, tenant.name()).equals(List.of());
    }

    public static void awaitSettled(TestTenant tenant) {
        for (int attempts = 400; attempts > 0; attempts--) {
            if (areSettled(tenant)) {
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(25);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("A transaction stays open");
    }
}
