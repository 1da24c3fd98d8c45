package io.clientela.identity;

import io.clientela.tenancy.TenantOwned;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A queue entry: a customer to compare with others. */
@Entity
@Immutable
@Table(name = "duplicate_queue")
@IdClass(QueuedCustomer.Key.class)
class QueuedCustomer extends TenantOwned {
    /**
     * The primary key of an entry.
     *
     * @param tenantId the tenant
     * @param customerId the customer
     * @param customerVersion the version of the change that queued the customer
     */
    record Key(String tenantId, UUID customerId, long customerVersion) implements Serializable {}

    @Id
    UUID customerId;

    @Id
    long customerVersion;
}
