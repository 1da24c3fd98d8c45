package io.clientela.activity;

import io.clientela.database.TenantStatement;
import io.clientela.tenancy.TenantOwned;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** A group of customers that a tenant defines. */
@Entity
@IdClass(ItemKey.class)
class Cluster extends TenantOwned {
    // The database folds case, so that this comparison is the same as that of the unique key.
    private static final String ID_OF_OTHER_WITH_NAME = "SELECT id FROM cluster WHERE tenant_id = $1"
            + " AND name_key = lower(cast($2 AS text) COLLATE \"und-x-icu\") AND id <> $3";

    @Id
    UUID id;

    String name;
    String description;

    @Column(updatable = false)
    Instant createdAt;

    Instant updatedAt;

    static Cluster of(String tenant) {
        var cluster = new Cluster();
        cluster.tenantId = tenant;
        cluster.id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        cluster.createdAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
        cluster.updatedAt = cluster.createdAt;
        return cluster;
    }

    /** Locks the cluster's row until the transaction ends. */
    static Uni<Optional<Cluster>> lockById(String tenant, UUID id) {
        return Cluster.<Cluster>findById(new ItemKey(tenant, id), LockModeType.PESSIMISTIC_WRITE)
                .map(Optional::ofNullable);
    }

    /** Returns the id of another cluster with the input's name, case-insensitively. */
    Uni<Optional<UUID>> findOtherWithName(ClusterInput input) {
        return TenantStatement.query(tenantId, ID_OF_OTHER_WITH_NAME, nameOf(input), id)
                .map(rows -> rows.stream().map(row -> (UUID) row[0]).findFirst());
    }

    void write(ClusterInput input) {
        name = nameOf(input);
        description = input.description();
    }

    private static String nameOf(ClusterInput input) {
        return input.name().strip();
    }

    ClusterView view() {
        return new ClusterView(id, name, description, createdAt, updatedAt);
    }
}
