package io.clientela.merge;

import io.clientela.tenancy.TenantOwned;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A customer who was merged into another one, with all that an undo needs to restore them. */
@Entity
@IdClass(MergedCustomer.Key.class)
class MergedCustomer extends TenantOwned {
    /**
     * The primary key of a merged customer.
     *
     * @param tenantId the tenant
     * @param id the customer's id
     */
    record Key(String tenantId, UUID id) implements Serializable {}

    @Id
    UUID id;

    UUID mergeId;
    UUID mergedInto;

    /** The customer's number; null if the version of the service that merged the customer did not keep it. */
    Long number;

    String snapshot;
    String[] clusters;
    UUID defaultAddress;

    /** The hash of the customer's password, or null. */
    String passwordHash;

    /** Returns the sources of a merge. */
    static Uni<List<MergedCustomer>> of(UUID mergeId) {
        return MergedCustomer.list("mergeId = ?1 order by id", mergeId);
    }

    /** Deletes the records of a merge, after its sources are restored. */
    static Uni<Void> deleteByMergeId(UUID mergeId) {
        return delete("mergeId", mergeId).replaceWithVoid();
    }

    List<UUID> clusterIds() {
        return Stream.of(clusters).map(UUID::fromString).toList();
    }
}
