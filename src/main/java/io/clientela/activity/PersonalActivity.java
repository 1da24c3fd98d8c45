package io.clientela.activity;

import io.clientela.customer.ErasedPerson;
import io.clientela.customer.PersonalData;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * Erases the personal data of addresses, calls, orders and clusters. What a customer's totals count stays: direction,
 * start and duration of calls; status, total, currency and time of orders.
 */
@ApplicationScoped
class PersonalActivity implements PersonalData {
    private static final String DELETE_ADDRESSES =
            "DELETE FROM customer_address WHERE tenant_id = $1 AND customer_id = ANY($2::uuid[])";

    private static final String ERASE_CALLS = """
            UPDATE customer_call SET external_id = NULL, outcome = NULL, notes = NULL
            WHERE tenant_id = $1 AND customer_id = ANY($2::uuid[]) AND num_nonnulls(external_id, outcome, notes) > 0""";

    private static final String ERASE_ORDERS = """
            UPDATE customer_order SET external_id = NULL, number = NULL
            WHERE tenant_id = $1 AND customer_id = ANY($2::uuid[]) AND num_nonnulls(external_id, number) > 0""";

    private static final String LEAVE_CLUSTERS =
            "DELETE FROM cluster_member WHERE tenant_id = $1 AND customer_id = ANY($2::uuid[])";

    @Override
    public Uni<Set<String>> erase(ErasedPerson person) {
        return PersonalData.all(List.of(
                person.erase("addresses", DELETE_ADDRESSES),
                person.erase("calls", ERASE_CALLS),
                person.erase("orders", ERASE_ORDERS),
                person.erase("clusters", LEAVE_CLUSTERS)));
    }
}
