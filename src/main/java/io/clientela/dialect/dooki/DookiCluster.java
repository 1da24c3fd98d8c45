package io.clientela.dialect.dooki;

import io.clientela.activity.ClusterView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import java.util.UUID;

/**
 * A cluster in Dooki's style.
 *
 * @param id the cluster's number; null if it was deleted since it was read
 */
@RegisterForReflection
record DookiCluster(Long id, String name, String description) {
    static DookiCluster of(ClusterView cluster, Map<UUID, Long> numbers) {
        return new DookiCluster(numbers.get(cluster.id()), cluster.name(), cluster.description());
    }
}
