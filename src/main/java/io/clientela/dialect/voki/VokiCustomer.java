package io.clientela.dialect.voki;

import io.clientela.customer.CustomerView;
import io.clientela.dialect.Moments;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/**
 * A customer as Voki shows it.
 *
 * @param lastCallAt the start of the last call, to the second; null without calls
 */
@RegisterForReflection
record VokiCustomer(
        UUID id,
        String name,
        String email,
        String phone,
        String document,
        String notes,
        int callCount,
        String lastCallAt,
        String insertedAt,
        String updatedAt) {
    static VokiCustomer of(CustomerView customer) {
        var fields = customer.fields();
        return new VokiCustomer(
                customer.id(),
                fields.name(),
                fields.email(),
                fields.phone(),
                fields.document(),
                fields.notes(),
                customer.callCount(),
                Moments.toSecond(customer.lastCallAt()),
                Moments.toSecond(customer.state().createdAt()),
                Moments.toSecond(customer.state().updatedAt()));
    }
}
