package io.clientela.dialect.storefront;

import io.clientela.customer.CustomerView;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A customer with the role that was set. */
@RegisterForReflection
record StorefrontRole(long id, String email, String firstName, String lastName, String role) {
    static StorefrontRole of(CustomerView customer) {
        var fields = customer.fields();
        return new StorefrontRole(
                customer.number(),
                StorefrontCustomer.text(fields.email()),
                StorefrontCustomer.text(fields.firstName()),
                StorefrontCustomer.text(fields.lastName()),
                customer.state().role());
    }
}
