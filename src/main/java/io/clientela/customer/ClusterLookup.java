package io.clientela.customer;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/** Checks that clusters exist; implemented by the package of clusters. */
public interface ClusterLookup {
    /** Locks the cluster against deletion until the transaction ends and returns whether it exists in the tenant. */
    default Uni<Boolean> lockForShare(UUID clusterId) {
        return lockForShare(Set.of(clusterId)).map(found -> !found.isEmpty());
    }

    /** Locks these clusters against deletion until the transaction ends and returns those that exist in the tenant. */
    Uni<Set<UUID>> lockForShare(Collection<UUID> clusterIds);
}
