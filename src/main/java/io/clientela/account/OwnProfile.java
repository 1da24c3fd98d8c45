package io.clientela.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.CustomerJson;
import io.clientela.customer.CustomerView;
import jakarta.inject.Singleton;
import java.util.Set;

/** Shows customers to themselves: without what the business keeps for itself. */
@Singleton
class OwnProfile {
    private static final Set<String> OF_THE_BUSINESS =
            Set.of("notes", "tags", "source", "utm", "attributes", "cluster_id", "segment", "value");

    /** Returns a customer as the customer reads it. */
    ObjectNode of(CustomerView customer) {
        return CustomerJson.customer(customer).remove(OF_THE_BUSINESS);
    }
}
