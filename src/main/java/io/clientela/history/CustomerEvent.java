package io.clientela.history;

import io.clientela.tenancy.TenantOwned;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** An event of a customer's history. Rows are inserted only, never changed. */
@Entity
@Immutable
@IdClass(CustomerEvent.Key.class)
class CustomerEvent extends TenantOwned {
    /**
     * The primary key of an event.
     *
     * @param tenantId the tenant
     * @param id the event's id
     */
    record Key(String tenantId, UUID id) implements Serializable {}

    @Id
    UUID id;

    UUID customerId;
    long customerVersion;
    String type;
    Instant at;
    String actor;
    String requestId;
    String changes;
    String details;
}
