package io.clientela.dialect.storefront;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.clientela.customer.CustomerStatus;
import io.clientela.customer.CustomerView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Objects;

/**
 * A customer as the storefront shows one. Its texts are never null, but for the phone: what is unknown is empty.
 *
 * @param id the customer's number
 * @param isActive whether the status is active, neither inactive nor blocked
 */
@RegisterForReflection
record StorefrontCustomer(
        long id,
        String email,
        String firstName,
        String lastName,
        String phone,
        @JsonProperty("is_active") boolean isActive,
        boolean emailVerified,
        Instant createdAt,
        Instant updatedAt) {
    static StorefrontCustomer of(CustomerView customer) {
        var fields = customer.fields();
        return new StorefrontCustomer(
                customer.number(),
                text(fields.email()),
                text(fields.firstName()),
                text(fields.lastName()),
                fields.phone(),
                fields.status() == CustomerStatus.ACTIVE,
                customer.state().emailVerified(),
                customer.state().createdAt(),
                customer.state().updatedAt());
    }

    /** Returns a text; an empty one for null. */
    static String text(String value) {
        return Objects.requireNonNullElse(value, "");
    }
}
