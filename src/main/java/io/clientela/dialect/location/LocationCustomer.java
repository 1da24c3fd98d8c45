package io.clientela.dialect.location;

import io.clientela.customer.CustomerStatus;
import io.clientela.customer.CustomerView;
import io.clientela.customer.Segment;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A customer as a business location shows it. */
@RegisterForReflection
record LocationCustomer(
        UUID id,
        String name,
        String address,
        String email,
        String phone,
        String avatar,
        String companyName,
        List<String> tags,
        String source,
        CustomerStatus status,
        String locationId,
        Segment segment,
        Instant createdAt,
        Instant updatedAt) {
    static LocationCustomer of(CustomerView customer) {
        var fields = customer.fields();
        return new LocationCustomer(
                customer.id(),
                fields.name(),
                fields.address(),
                fields.email(),
                fields.phone(),
                fields.avatar(),
                fields.companyName(),
                fields.tags(),
                fields.source(),
                fields.status(),
                fields.locationId(),
                customer.segment(),
                customer.state().createdAt(),
                customer.state().updatedAt());
    }
}
