package io.clientela.identity;

import io.clientela.customer.CustomerView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** A customer in the result of a batch that has no room for all fields. */
@RegisterForReflection
public record CustomerReference(UUID id, Long number, String externalId, long version) {
    static CustomerReference of(CustomerView customer) {
        return new CustomerReference(
                customer.id(), customer.number(), customer.fields().externalId(), customer.version());
    }
}
