package io.clientela.customer;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Knows the tenant's clusters. */
public interface ClusterLookup {
    /** Whether the tenant has this cluster, which then stays until the present transaction ends. */
    Uni<Boolean> lockForShare(UUID clusterId);
}
