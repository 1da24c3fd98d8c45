package io.clientela.activity;

import io.clientela.tenancy.TenantOwned;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** An address, call or order of a customer; it is deleted with the customer. */
@MappedSuperclass
abstract class CustomerItem extends TenantOwned {
    @Id
    UUID id;

    @Column(updatable = false)
    UUID customerId;

    /** The customer that the item was added to. A merge changes {@code customerId} only. */
    @Column(updatable = false)
    UUID originId;

    @Column(updatable = false)
    Instant createdAt;

    Instant updatedAt;

    /** Initialises a new item of a customer. */
    void assignTo(String tenant, UUID customer) {
        tenantId = tenant;
        id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        customerId = customer;
        originId = customer;
        createdAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
        updatedAt = createdAt;
    }

    /** Sets a later {@code updated_at}. */
    void touch() {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        updatedAt = now.isAfter(updatedAt) ? now : updatedAt.plus(1, ChronoUnit.MICROS);
    }
}
