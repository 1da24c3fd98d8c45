package io.clientela.dialect.aivapad;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.clientela.customer.CustomerStatus;
import io.clientela.customer.CustomerType;
import io.clientela.customer.CustomerView;
import io.clientela.dialect.Moments;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * A customer as Aivapad shows it.
 *
 * @param underscoreId the id again
 * @param value 0 if unknown
 * @param autoPayment false if unknown
 * @param notes left out if there are none
 * @param createdAt to the millisecond
 */
@RegisterForReflection
record AivapadCustomer(
        @JsonProperty("_id") UUID underscoreId,
        UUID id,
        @JsonProperty("firstName") String firstName,
        @JsonProperty("lastName") String lastName,
        String name,
        String email,
        String phone,
        CustomerStatus status,
        CustomerType type,
        BigDecimal value,
        @JsonProperty("autoPayment") boolean autoPayment,
        @JsonInclude(JsonInclude.Include.NON_NULL) String notes,
        @JsonProperty("createdAt") String createdAt,
        @JsonProperty("updatedAt") String updatedAt) {
    static AivapadCustomer of(CustomerView customer) {
        var fields = customer.fields();
        return new AivapadCustomer(
                customer.id(),
                customer.id(),
                fields.firstName(),
                fields.lastName(),
                fields.name(),
                fields.email(),
                fields.phone(),
                fields.status(),
                fields.type(),
                value(fields.value()),
                Boolean.TRUE.equals(fields.autoPayment()),
                fields.notes(),
                Moments.toMillisecond(customer.state().createdAt()),
                Moments.toMillisecond(customer.state().updatedAt()));
    }

    /** A whole number is shown as one. */
    private static BigDecimal value(BigDecimal value) {
        var shortest = value == null ? BigDecimal.ZERO : value.stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }
}
