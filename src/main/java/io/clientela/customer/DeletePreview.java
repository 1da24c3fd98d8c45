package io.clientela.customer;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a delete would do.
 *
 * @param customerId the customer
 * @param version the customer's version
 * @param allowed whether the customer would be deleted
 * @param rules the violated rules, which a forced delete overrides
 * @param deletes what would be deleted with the customer
 */
@RegisterForReflection
@Schema(name = "DeletePreview")
record DeletePreview(
        UUID customerId, long version, boolean allowed, List<DeleteRule.Violation> rules, Deletes deletes) {
    /**
     * What is deleted with a customer.
     *
     * @param addresses the number of addresses
     * @param calls the number of calls
     * @param orders the number of orders
     * @param clusters the number of clusters that the customer leaves
     * @param mergedCustomers the number of customers merged into this one, whose merges can then not be undone
     */
    @RegisterForReflection
    @Schema(name = "DeletedWithCustomer")
    record Deletes(long addresses, long calls, long orders, long clusters, long mergedCustomers) {}

    static DeletePreview of(
            UUID customer,
            ActivityCounts counts,
            List<DeleteRule.Violation> violations,
            boolean force,
            int mergedCustomers) {
        return new DeletePreview(
                customer,
                counts.version(),
                force || violations.isEmpty(),
                violations,
                new Deletes(counts.addresses(), counts.calls(), counts.orders(), counts.clusters(), mergedCustomers));
    }
}
